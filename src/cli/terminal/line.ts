/** Lines on the terminal: spans of text, each in its style; whole, cut to a row, or wrapped at words. */
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

/** Prints one line, however long: an address or a command that were cut could not be copied. */
export function print(...spans: readonly Span[]): void {
  console.log(paint(spans))
}

/** Prints a row of many; the terminal's width cuts it. */
export function printCut(...spans: readonly Span[]): void {
  let left = terminalColumns()
  const shown = spans.map(({ text, style }) => {
    const piece = cut(text, left)
    left -= piece.length
    return span(piece, style)
  })
  console.log(paint(shown))
}

/** Prints sentences behind a lead, as wide as the terminal; further lines begin below where the first one does. */
export function printWrapped(lead: readonly Span[], text: string, style?: Style): void {
  const indent = widthOf(lead)
  const [first = '', ...more] = wrap(text, terminalColumns() - indent)
  print(...lead, span(first, style))
  for (const line of more) print(span(' '.repeat(indent)), span(line, style))
}

/** How many columns spans take. */
export function widthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + text.length, 0)
}

/** Whether this many columns are there. */
export function fits(columns: number): boolean {
  return columns <= terminalColumns()
}

/** Lines of at most so many columns, broken between words and indented as they were; a longer word stays whole. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const given of text.split('\n')) {
    const [first = '', ...words] = given.trim().split(/ +/)
    const indent = ' '.repeat(given.search(/\S|$/))
    let line = indent + first
    for (const word of words) {
      const longer = `${line} ${word}`
      if (longer.length > columns) lines.push(line)
      line = longer.length > columns ? indent + word : longer
    }
    lines.push(line)
  }
  return lines
}

function paint(spans: readonly Span[]): string {
  return spans
    .map(({ text, style }) => (style === undefined || text === '' ? text : styleText(style, text)))
    .join('')
    .trimEnd()
}

function cut(text: string, columns: number): string {
  if (text.length <= columns) return text
  return columns > 0 ? `${text.slice(0, columns - 1)}…` : ''
}

/** A file's width is endless, and so is that of a terminal that does not know its own, as some in CI. */
function terminalColumns(): number {
  return process.stdout.columns || Number.POSITIVE_INFINITY
}
