/** One line on the terminal: spans of text, each in its style, cut to the terminal's width. */
import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** A piece of text and how it looks. */
export type Span = { readonly text: string; readonly style?: Style }

export function span(text: string, style?: Style): Span {
  return style === undefined ? { text } : { text, style }
}

/** A span padded with blanks to a width, so that the next one stands in a column. */
export function column(text: string, width: number, style?: Style): Span {
  return span(text.padEnd(width), style)
}

/** The spans as text; a terminal's width cuts them, a file's is endless. */
function paint(spans: readonly Span[], columns = terminalColumns()): string {
  let left = columns
  const painted = spans.map(({ text, style }) => {
    const shown = cut(text, left)
    left -= shown.length
    return style === undefined || shown === '' ? shown : styleText(style, shown)
  })
  return painted.join('').trimEnd()
}

/** Prints one line. */
export function print(...spans: readonly Span[]): void {
  console.log(paint(spans))
}

function cut(text: string, columns: number): string {
  if (text.length <= columns) return text
  return columns > 0 ? `${text.slice(0, columns - 1)}…` : ''
}

/** A terminal that does not know its width, as some in CI, says 0. */
function terminalColumns(): number {
  return process.stdout.columns || Number.POSITIVE_INFINITY
}
