/** What somebody who misspelt a word may have meant. */

/** The known word that the fewest letters tell from the one given. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const byDistance = known.map((each) => ({ each, distance: distance(word, each) }))
  return byDistance.sort((a, b) => a.distance - b.distance)[0]?.each
}

/** How many letters to add, drop or change to make one word of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...to].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
