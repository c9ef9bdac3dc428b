/** Every request has a known fate: soon while its call lives, and at once when the call has ended. */
import type { Evidence } from '../../invariants/invariant.ts'

/** What was asked so shortly ago may still be on its way. */
const RECENTLY_MS = 5 * 60_000

/** Once nothing goes wrong any more, nothing stays unsent or in doubt. */
export async function fatesBecomeKnown({ world, disk, keys }: Evidence): Promise<string[]> {
  const beforeMs = world.clock.now() - RECENTLY_MS
  return (await openEffects({ disk, keys }))
    .filter(({ status, askedMs }) => status !== 'running' && askedMs < beforeMs)
    .filter(({ effect, isTold }) => isTold || effect === 'createCall')
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
  return stored.flatMap((call) =>
    // Of a call that was given up before Graph told of it nothing can be asked; its end settles that.
    (call?.outbox ?? []).map((entry) => ({ ...entry, isTold: call?.graphId !== undefined })),
  )
}
