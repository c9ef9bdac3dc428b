/** What operators are shown, for people to read. */
import { printFacts } from '../terminal/facts.ts'
import { column, print, printCut, printWrapped, span } from '../terminal/line.ts'
import { printTable } from '../terminal/table.ts'
import type { Detail, Entry, Explanation, Page, Row } from './answers.ts'

export function showCalls({ rows, next, counts }: Page): void {
  const { live, ended, troubled } = counts
  print(span(`${live} live, ${ended} ended, ${troubled} in trouble`, 'dim'))
  if (rows.length === 0 && next !== undefined) {
    print(span(`None of those looked through; look on with --after ${next}`, 'dim'))
    return
  }
  if (rows.length === 0) {
    print(span('None to list; --status ended lists those that have ended.', 'dim'))
    return
  }
  if (rows.some(({ status }) => status === 'live')) {
    printTable(['CALL', 'STATE', 'SCENARIO', 'HEALTH', 'SINCE', 'WITH'], rows.map(liveCells))
  } else printTable(['CALL', 'STATE', 'ENDED', 'WITH'], rows.map(endedCells))
  if (next !== undefined) print(span(`More with --after ${next}`, 'dim'))
}

/** A live call is found by the beginning of its key, and one that has ended by the whole of it. */
const SHORT_KEY = 8

function liveCells({ key, state, scenario, health, sinceMs, ...row }: Row): string[] {
  return [key.slice(0, SHORT_KEY), state, scenario.join(' '), health, time(sinceMs), otherOf(row)]
}

function endedCells({ key, state, endedMs, sinceMs, ...row }: Row): string[] {
  return [key, state, time(endedMs ?? sinceMs), otherOf(row)]
}

function otherOf({ direction, who }: Pick<Row, 'direction' | 'who'>): string {
  return `${direction === 'incoming' ? '→' : '←'} ${who}`
}

export function showCall({ row, now, timeline, hasEarlier }: Detail): void {
  const { key, graphId, status, direction, who, chart, state, scenario, sinceMs, endedMs } = row
  printFacts([span(key, 'bold'), span(` ${direction}, ${who}`)], {
    status: status === 'live' ? `live since ${time(sinceMs)}` : `ended ${time(endedMs ?? sinceMs)}`,
    state: [state, ...scenario.map((each) => `scenario.${each}`)].join('  '),
    chart: `${chart.id} version ${chart.version}`,
    "Graph's id": graphId === key ? undefined : graphId,
  })
  const { roster, outbox, timers, problems } = now
  const open = outbox.filter(({ status: fate }) => !closed.has(fate))
  table('On the call', ['WHO', 'KIND', 'PRESENCE', 'AUDIO'], roster.participants, (each) => [
    each.who,
    each.kind,
    each.presence,
    each.audio,
  ])
  table('Asked and open', ['EFFECT', 'STATUS', 'ASKED'], open, (each) => [
    each.effect,
    each.status,
    time(each.askedMs),
  ])
  table('Falls due', ['WHAT', 'AT'], timers, (each) => [each.what, time(each.dueMs)])
  title(hasEarlier ? 'Timeline, its end' : 'Timeline')
  const width = Math.max(0, ...timeline.map(({ what }) => what.length)) + 2
  for (const entry of timeline) showEntry(entry, width)
  showProblems(problems)
}

const closed: ReadonlySet<string> = new Set(['done', 'failed', 'dropped'])

const signs: Readonly<Record<string, string>> = {
  timer: '◷',
  start: '●',
  engine: '↻',
  quarantine: '✗',
}

function showEntry({ atMs, kind, to, what, summary, isBad }: Entry, width: number): void {
  const sign = isBad ? '✗' : (signs[kind] ?? (to === 'graph' ? '←' : '→'))
  printCut(
    span('  '),
    column(time(atMs), 21, 'dim'),
    column(sign, 3, isBad ? 'red' : 'cyan'),
    column(what, width),
    span(summary, isBad ? 'red' : 'dim'),
  )
}

export function showExplanation({ what, because, waits, problems }: Explanation): void {
  printWrapped([], what, 'bold')
  if (because.length > 0) title('Because')
  const width = Math.max(0, ...because.map(({ state }) => state.length)) + 2
  for (const cause of because)
    printWrapped(
      [span('  '), column(time(cause.atMs), 21, 'dim'), column(cause.state, width, 'magenta')],
      cause.what,
    )
  if (waits.length > 0) title('It waits')
  for (const { kind, what } of waits) printWrapped([span('  '), column(kind, 12, 'dim')], what)
  showProblems(problems)
}

function showProblems(problems: Explanation['problems']): void {
  if (problems.length > 0) title('What is wrong')
  for (const { atMs, what, fix } of problems) {
    printWrapped([span('  '), column(time(atMs), 21, 'dim')], what, 'red')
    printWrapped([column('', 23)], fix)
  }
}

function table<Item>(
  heading: string,
  headings: readonly string[],
  items: readonly Item[],
  cells: (item: Item) => readonly string[],
): void {
  if (items.length === 0) return
  title(heading)
  printTable(headings, items.map(cells))
}

function title(text: string): void {
  print()
  print(span(text, 'bold'))
}

function time(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')
}
