/** A row of a timeline: when, which call, which way, what, and what came of it. */
import { column, print, type Span, span } from './line.ts'

/** `→` to the bot, `←` from the bot, `●` done by a person, `✗` gone wrong. */
export type Sign = '→' | '←' | '●' | '✗' | '↻' | '■'

export type Row = {
  readonly atMs: number
  readonly callId?: string | undefined
  readonly sign: Sign
  readonly what: string
  readonly outcome: readonly Span[]
}

/** Widest usual `what`: `callState.transferAccepted`. */
const WHAT_COLUMNS = 27
const CALL_COLUMNS = 5

const signStyles = {
  '→': 'green',
  '←': 'cyan',
  '●': 'yellow',
  '✗': 'red',
  '↻': 'magenta',
  '■': 'dim',
} as const

/** Calls side by side are told apart by colour. */
const callStyles = ['cyan', 'magenta', 'yellow', 'blue', 'green', 'gray'] as const

/** Prints a row. */
export function printRow({ atMs, callId = '', sign, what, outcome }: Row): void {
  const style = signStyles[sign]
  print(
    span(`${clockTime(atMs)} `, 'dim'),
    column(callId.slice(0, 4), CALL_COLUMNS, callStyle(callId)),
    span(`${sign} `, style),
    column(what, WHAT_COLUMNS, sign === '→' ? undefined : style),
    ...outcome,
  )
}

function callStyle(callId: string) {
  return callStyles[Number.parseInt(callId.slice(0, 4), 16) % callStyles.length] ?? 'gray'
}

function clockTime(atMs: number): string {
  const at = new Date(atMs)
  return `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, '0')}`
}
