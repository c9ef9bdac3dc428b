/** Every request has a known fate: soon while its call lives, and at once when the call has ended. */
import type { Evidence } from '../../invariants/invariant.ts'

/** What was asked so shortly ago may still be on its way. */
const RECENTLY_MS = 5 * 60_000

/** Once nothing goes wrong any more, nothing stays unsent or in doubt. */
export async function fatesBecomeKnown({ world, disk, keys }: Evidence): Promise<string[]> {
  const beforeMs = world.clock.now() - RECENTLY_MS
  return (await openEffects({ disk, keys }))
    .filter(({ status, askedMs }) => status !== 'running' && askedMs < beforeMs)
    .map(({ effect, id, status }) => `${effect} (${id}) is still ${status}.`)
}

/** Once all calls have ended, nothing they asked for is open. */
export async function fatesAreKnown({ disk, keys }: Evidence): Promise<string[]> {
  return (await openEffects({ disk, keys })).map(
    ({ effect, id, status }) => `${effect} (${id}) is still ${status}.`,
  )
}

async function openEffects({ disk, keys }: Pick<Evidence, 'disk' | 'keys'>) {
  const stored = await Promise.all(keys.map((key) => disk.store.load(key)))
  return stored.flatMap((call) => call?.outbox ?? [])
}
