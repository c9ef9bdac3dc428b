/** Calls as a table. */
import { print, span } from '../terminal/line.ts'
import { printTable } from '../terminal/table.ts'
import type { CallTruth } from './answers.ts'

/** Prints calls, a row each. */
export function printCalls(calls: readonly CallTruth[]): void {
  if (calls.length === 0) print(span('There has been no call yet.', 'dim'))
  else printTable(['CALL', 'STATE', 'WITH', 'NOW', 'RESULT'], calls.map(cellsOf))
}

function cellsOf(call: CallTruth): (string | undefined)[] {
  const { id, state, roster, result } = call
  const others = roster.filter(({ name }) => /[@+]/.test(name)).map(({ name }) => name)
  return [
    id.slice(0, 8),
    state,
    others.join(' '),
    doings(call).join(' · '),
    result && `${result.code}/${result.subcode}`,
  ]
}

function doings({ state, playing, tonesSubscribed, sharing, muted }: CallTruth): string[] {
  if (state === 'terminated') return []
  return [
    ...(playing ? [playing.replace('Operation', '')] : []),
    ...(tonesSubscribed ? ['hears tones'] : []),
    ...(sharing ? ['bot shares'] : []),
    ...(muted ? ['bot muted'] : []),
  ]
}
