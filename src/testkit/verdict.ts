/** What an author is told when a promise was broken, or something waited for did not come about. */
import type { Emulator } from '../emulator/index.ts'
import { CallchartError } from '../errors.ts'
import type { Invariant } from './invariants/invariant.ts'
import { PATIENCE_MS } from './passage.ts'
import type { Violation } from './simulation/judge/judge.ts'

/** How many violations are named; more of the same say nothing more. */
const NAMED = 8

/** Throws, naming each, when a promise was broken; `again` gives a test that does the same. */
export function acquit(violations: readonly Violation[], again: (title: string) => string): void {
  if (violations.length === 0) return
  const named = violations
    .slice(0, NAMED)
    .map(({ invariant, what }) => `  ${invariant}: ${what}`)
    .join('\n')
  const more = violations.length > NAMED ? `\n  and ${violations.length - NAMED} more` : ''
  const names = [...new Set(violations.map(({ invariant }) => invariant))].join(', ')
  throw new CallchartError({
    code: 'world.broken',
    what: `${violations.length === 1 ? '1 promise was' : `${violations.length} promises were`} broken:\n${named}${more}\n`,
    fix: `Look at world.records and world.emulator.record for how it came about. The same again, as a test:\n\n${again(`${names} is kept`)}`,
  })
}

/** Throws for what must hold while calls live: it cannot be looked at when the world is over. */
export function refuseTooLate(invariants: readonly Invariant[]): void {
  const late = invariants.filter(({ when }) => when === 'atPeace')
  if (late.length === 0) return
  const names = late.map(({ name }) => name).join(', ')
  throw new CallchartError({
    code: 'world.over',
    what: `${names} cannot be judged: this world is over, and its calls have ended.`,
    fix: `Give it to the world before: emulate(chart, { invariants: [${names}] }).`,
  })
}

/** What did not come about, and how the world stands instead. */
export function waitedInVain(what: string, { calls, requests }: Emulator): CallchartError {
  const states = calls.map((call) => `${call.id}: ${call.state}`).join(', ')
  return new CallchartError({
    code: 'world.waitedInVain',
    what: `Waited ${PATIENCE_MS / 1000} s of simulated time until ${what}, in vain. The bot asked for ${requests.join(', ') || 'nothing'}; calls are ${states || 'none'}.`,
    fix: 'Look at world.records for what the chart heard and where it stands.',
  })
}
