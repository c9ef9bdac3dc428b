/** Every call ends: once everybody has hung up, nothing is alive on either side. */
import type { Evidence } from '../../invariants/invariant.ts'

export async function callsEnd({ world, disk, keys }: Evidence): Promise<string[]> {
  const found = world.emulator.calls
    .filter(({ state }) => state !== 'terminated')
    .map(({ id, state }) => `Graph still holds call ${id} (${state}).`)
  for (const key of keys) {
    const stored = await disk.store.load(key)
    if (stored?.status === 'live') found.push(`The engine still holds call ${key}.`)
  }
  return found
}
