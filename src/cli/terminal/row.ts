/** A row of a timeline: when, which call, which way, what, and what came of it. */
import { column, fits, print, printCut, printWrapped, type Span, span, widthOf } from './line.ts'

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

/** Prints a row, cut to the terminal's width; of what went wrong every word, on lines below where they do not fit. */
export function printRow({ atMs, callId = '', sign, what, outcome }: Row): void {
  const style = signStyles[sign]
  const lead = [
    span(`${clockTime(atMs)} `, 'dim'),
    column(callId.slice(0, 4), CALL_COLUMNS, callStyle(callId)),
    span(`${sign} `, style),
  ]
  const told = column(what, WHAT_COLUMNS, sign === '→' ? undefined : style)
  const row = [...lead, told, ...outcome]
  if (sign !== '✗' || fits(widthOf(row))) {
    printCut(...row)
    return
  }
  print(...lead, told)
  const indent = span(' '.repeat(widthOf(lead)))
  for (const { text, style: ofText } of outcome) printWrapped([indent], text, ofText)
}

function callStyle(callId: string) {
  return callStyles[Number.parseInt(callId.slice(0, 4), 16) % callStyles.length] ?? 'gray'
}

function clockTime(atMs: number): string {
  const at = new Date(atMs)
  return `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, '0')}`
}
