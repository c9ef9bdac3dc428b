/** Thousands of rows, of which only those in sight are drawn. */
import { useSignal } from '@preact/signals'
import type { JSX, TargetedKeyboardEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CallRow } from '../../../admin/protocol.ts'
import { goTo } from '../route.ts'
import { type Column, order, orderBy } from './chosen.ts'
import { Row } from './row.tsx'

/** As in the style sheet. */
const ROW_HEIGHT = 36
/** Rows drawn beyond either edge, so that scrolling never shows a gap. */
const BEYOND = 6

const columns: readonly (readonly [name: string, column?: Column])[] = [
  ['Who', 'who'],
  ['State', 'state'],
  ['Scenario'],
  ['Topology', 'topology'],
  ['Since', 'sinceMs'],
  ['Last event', 'lastEvent'],
  ['Health', 'health'],
]

export function Table({ listed }: { readonly listed: readonly CallRow[] }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const height = useSignal(600)
  const current = useSignal(listed[0]?.key)
  useEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => {
      height.value = entry?.contentRect.height ?? height.value
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [height])

  const first = Math.max(0, Math.floor(top.value / ROW_HEIGHT) - BEYOND)
  const last = Math.ceil((top.value + height.value) / ROW_HEIGHT) + BEYOND
  const shown = listed.slice(first, last)

  function move(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const from = Math.max(
      0,
      listed.findIndex(({ key }) => key === current.value),
    )
    const page = Math.floor(height.value / ROW_HEIGHT) - 1
    const to = targetOf(event.key, from, page, listed.length - 1)
    if (event.key === 'Enter' && current.value !== undefined) {
      goTo({ view: 'call', key: current.value })
    }
    if (to === undefined) return
    event.preventDefault()
    current.value = listed[to]?.key
    scrollTo(to)
  }

  function scrollTo(index: number): void {
    if (!box.current) return
    const at = index * ROW_HEIGHT
    const { scrollTop } = box.current
    const head = ROW_HEIGHT
    if (at < scrollTop) box.current.scrollTop = at
    const below = at + ROW_HEIGHT + head - height.value
    if (below > scrollTop) box.current.scrollTop = below
  }

  const isDrawn = shown.some(({ key }) => key === current.value)
  return (
    <div
      ref={box}
      class="table"
      role="grid"
      tabIndex={0}
      aria-label="Calls"
      aria-rowcount={listed.length + 1}
      aria-activedescendant={isDrawn ? `row-${current.value}` : undefined}
      onScroll={(event) => {
        top.value = event.currentTarget.scrollTop
      }}
      onKeyDown={move}
    >
      <div class="head" role="row" aria-rowindex={1}>
        {columns.map(([name, column]) => (
          <ColumnHead key={name} name={name} column={column} />
        ))}
      </div>
      <div class="rows" role="presentation" style={{ height: `${listed.length * ROW_HEIGHT}px` }}>
        <div role="presentation" style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}>
          {shown.map((row, index) => (
            <Row
              key={row.key}
              row={row}
              index={first + index + 2}
              isCurrent={row.key === current.value}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

function ColumnHead(props: {
  readonly name: string
  readonly column: Column | undefined
}): JSX.Element {
  const { name, column } = props
  if (!column) return <span role="columnheader">{name}</span>
  const isOrder = order.value.column === column
  const direction = order.value.isDown ? 'descending' : 'ascending'
  return (
    <span role="columnheader" aria-sort={isOrder ? direction : 'none'}>
      <button type="button" onClick={() => orderBy(column)}>
        {name}
        <span aria-hidden="true">{isOrder ? (order.value.isDown ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </span>
  )
}

/** Where a key leads, among rows from 0 to `last`. */
function targetOf(key: string, from: number, page: number, last: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: last,
  }
  const target = targets[key]
  return target === undefined ? undefined : Math.min(last, Math.max(0, target))
}
