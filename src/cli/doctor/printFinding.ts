/** One finding as people read it, what to do below it. */
import { column, printWrapped, span } from '../terminal/line.ts'
import type { Finding, Verdict } from './finding.ts'

const signs = { ok: ['✓', 'green'], wrong: ['✗', 'red'], unknown: ['?', 'yellow'] } as const

/** Widest check: `configuration`. */
const CHECK_COLUMNS = 14

export function printFinding({ check, verdict, what, fix }: Finding): void {
  const [sign, style] = signs[verdict satisfies Verdict]
  printWrapped([span(`${sign} `, style), column(check, CHECK_COLUMNS + 1, 'bold')], what)
  if (fix === undefined) return
  const indent = span(' '.repeat(CHECK_COLUMNS + 3))
  const fixStyle = verdict === 'wrong' ? 'cyan' : 'dim'
  printWrapped([indent, span('→ ', fixStyle)], fix, fixStyle)
}
