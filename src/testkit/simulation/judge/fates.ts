/** Every request has a known fate: nothing asked for stays open when its call has ended. */
import type { Evidence } from './judge.ts'

export async function fatesKnown({ disk, keys }: Evidence): Promise<string[]> {
  const found: string[] = []
  for (const key of keys) {
    const stored = await disk.store.load(key)
    for (const { id, effect, status } of stored?.outbox ?? []) {
      found.push(`${effect} (${id}) is still ${status}.`)
    }
  }
  return found
}
