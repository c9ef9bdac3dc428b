/** Which calls are listed, in what order: the filters, and what they leave. */
import { computed, signal } from '@preact/signals'
import type { CallRow } from '../../../admin/protocol.ts'
import { rows, version } from './live.ts'
import { older } from './older.ts'
import { text } from './text.ts'

export const status = signal<CallRow['status'] | 'all'>('all')
export const direction = signal<CallRow['direction'] | 'all'>('all')
/** First word of a signalling state, or every one. */
export const state = signal('all')
export const onlyTroubled = signal(false)

export type Column = 'who' | 'state' | 'topology' | 'sinceMs' | 'lastEvent' | 'health'
export type Order = { readonly column: Column; readonly isDown: boolean }

export const order = signal<Order>({ column: 'sinceMs', isDown: true })

/** The listed calls in order. */
export const chosen = computed<readonly CallRow[]>(() => {
  version.value
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean)
  const further = older.value.found.filter(({ key }) => !rows.has(key))
  const found = [...rows.values(), ...further].filter((row) => isChosen(row) && hasAll(row, words))
  return found.sort(inOrder(order.value))
})

/** Whether any filter leaves something out. */
export const isFiltered = computed(
  () =>
    text.value !== '' ||
    status.value !== 'all' ||
    direction.value !== 'all' ||
    state.value !== 'all' ||
    onlyTroubled.value,
)

export function showAll(): void {
  text.value = ''
  status.value = 'all'
  direction.value = 'all'
  state.value = 'all'
  onlyTroubled.value = false
}

/** Orders by a column, or the other way round where it is ordered by it already. */
export function orderBy(column: Column): void {
  const { column: before, isDown } = order.value
  order.value = { column, isDown: before === column ? !isDown : column === 'sinceMs' }
}

function isChosen(row: CallRow): boolean {
  return (
    (status.value === 'all' || row.status === status.value) &&
    (direction.value === 'all' || row.direction === direction.value) &&
    (state.value === 'all' || row.state.split('.')[0] === state.value) &&
    (!onlyTroubled.value || row.health !== 'good')
  )
}

function hasAll(row: CallRow, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const all = [
    row.who,
    row.key,
    row.graphId,
    row.chart.id,
    row.direction,
    row.state,
    row.topology,
    row.lastEvent?.type,
    ...row.scenario,
  ]
  const whole = all.join(' ').toLowerCase()
  return words.every((word) => whole.includes(word))
}

const healths: readonly CallRow['health'][] = ['good', 'doubtful', 'troubled']

function worthOf(row: CallRow, column: Column): string | number {
  if (column === 'sinceMs') return row.sinceMs
  if (column === 'lastEvent') return row.lastEvent?.atMs ?? 0
  if (column === 'health') return healths.indexOf(row.health)
  return row[column]
}

function inOrder({ column, isDown }: Order): (one: CallRow, other: CallRow) => number {
  const sign = isDown ? -1 : 1
  return (one, other) => {
    const [first, second] = [worthOf(one, column), worthOf(other, column)]
    if (first !== second) return first < second ? -sign : sign
    return one.key < other.key ? -1 : 1
  }
}
