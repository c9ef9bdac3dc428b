/** A title and named values below it, as commands open with. */
import { column, print, type Span, span } from './line.ts'

/** Prints a title and the facts that are known. */
export function printFacts(
  title: readonly Span[],
  facts: Readonly<Record<string, string | undefined>>,
): void {
  const width = Math.max(...Object.keys(facts).map((name) => name.length)) + 2
  print(...title)
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) print(span('  '), column(name, width, 'dim'), span(value))
  }
}
