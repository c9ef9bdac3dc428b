/** Tables: a heading, and columns as wide as their widest cell. */
import { column, printCut, span } from './line.ts'

/** Prints rows below their headings; cells that are absent stay empty. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): void {
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const cells = (row: readonly (string | undefined)[], style?: 'bold') =>
    widths.flatMap((width, index) => [column(row[index] ?? '', width, style), span('  ')])
  printCut(...cells(headings, 'bold'))
  for (const row of rows) printCut(...cells(row))
}
