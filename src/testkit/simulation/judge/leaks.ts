/** Nothing leaks: a call that has ended leaves no timer, no open effect and no mailbox behind. */
import type { Evidence } from '../../invariants/invariant.ts'

export async function nothingLeaks({ world, disk, keys }: Evidence): Promise<string[]> {
  const found: string[] = []
  for (const key of keys) {
    const stored = await disk.store.load(key)
    if (stored?.status !== 'ended') continue
    for (const { id } of stored.timers) found.push(`Ended call ${key} still has timer ${id}.`)
  }
  if (!world.isUp) return [...found, 'The bot is not running.']
  if (world.bot.busy()) found.push('The bot is still busy.')
  const { mailboxes } = world.bot.engine
  if (mailboxes > 0) found.push(`${mailboxes} mailboxes are left in memory.`)
  return found
}
