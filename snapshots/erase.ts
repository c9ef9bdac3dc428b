/** Erasure: of a person, every ended call in whose records they are named. */
import { StoreError } from './errors.ts'
import { personNamed } from './person.ts'
import { atFirst, type Place, type Store } from './store.ts'

export type EraseOptions = {
  /** Only tells which calls it would remove. */
  readonly dryRun?: boolean | undefined
  /** Awaited between two steps, so that whoever else uses the store is not held up. */
  readonly rest?: () => Promise<void>
}

/** Calls looked at, or removed, in one step: some 10 ms. */
const AT_ONCE = 50

/** Live calls named in an error. */
const MOST_NAMED = 20

/**
 * Removes every ended call in which the person is named, by object id, address or phone number; resolves to
 * their keys. Throws `StoreError`: `person.unclear`, or `person.onLiveCalls`, and then nothing is removed.
 */
export async function eraseCalls(
  store: Store,
  person: string,
  { dryRun = false, rest = async () => {} }: EraseOptions = {},
): Promise<readonly string[]> {
  const sought = personNamed(person)
  const ended: string[] = []
  const live: string[] = []
  for (let from: Place | undefined = atFirst; from; await rest()) {
    const { calls, next } = await store.naming(sought, from, AT_ONCE)
    for (const { key, status } of calls) (status === 'live' ? live : ended).push(key)
    from = next
  }
  if (live.length > 0) throw onLiveCalls(person, live)
  for (let index = 0; index < ended.length && !dryRun; index += AT_ONCE) {
    await store.remove(ended.slice(index, index + AT_ONCE))
    await rest()
  }
  return ended
}

function onLiveCalls(person: string, keys: readonly string[]): StoreError {
  const named = keys.slice(0, MOST_NAMED).join(', ')
  return new StoreError(
    'person.onLiveCalls',
    `${keys.length === 1 ? 'A live call names' : `${keys.length} live calls name`} "${person}": ${named}. Nothing was removed.`,
    'Wait until they have ended, or end them with callchart end, and ask again.',
  )
}
