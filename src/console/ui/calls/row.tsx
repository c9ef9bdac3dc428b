/** One call in the table. */
import type { JSX } from 'preact'
import { roughSpan } from '../../../../snapshots/spans.ts'
import type { CallRow } from '../../../admin/protocol.ts'
import { nowMs } from '../clock.ts'
import { Pill } from '../parts/basics.tsx'
import { toneOfHealth, toneOfState } from '../parts/tones.ts'
import { linkTo } from '../route.ts'
import { timeOfDay } from '../words.ts'

type Parts = {
  readonly row: CallRow
  /** Of the whole list, the head being 1. */
  readonly index: number
  readonly isCurrent: boolean
}

export function Row({ row, index, isCurrent }: Parts): JSX.Element {
  const { key, who, direction, status, scenario, topology, lastEvent, health } = row
  const link = linkTo({ view: 'call', key })
  return (
    <div
      id={`row-${key}`}
      class={`row ${status}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index}
      aria-selected={isCurrent}
    >
      <span role="gridcell" class="who" title={`${who} (${direction})`}>
        <span class={`way ${direction}`} role="img" aria-label={direction}>
          {direction === 'incoming' ? '↙' : '↗'}
        </span>
        <a href={link} tabIndex={-1} class="cut">
          {who || key}
        </a>
      </span>
      <span role="gridcell">
        <Pill tone={toneOfState(row)} title={row.state}>
          {row.state.split('.').at(-1)}
        </Pill>
      </span>
      <span role="gridcell" class="cut mono" title={scenario.join(', ')}>
        {scenario.join(', ')}
      </span>
      <span role="gridcell" class="cut">
        {topology}
      </span>
      <span role="gridcell" class="soft">
        {timeOfDay(row.sinceMs)}
        <span class="ago"> {lengthOf(row)}</span>
      </span>
      <span role="gridcell" class="cut" title={lastEvent?.type}>
        <span class="mono">{lastEvent?.type}</span>
        {lastEvent && <span class="ago"> {roughSpan(nowMs.value - lastEvent.atMs)} ago</span>}
      </span>
      <span role="gridcell">
        <Health row={row} isQuiet={health === 'good'} />
      </span>
    </div>
  )
}

function Health(props: { readonly row: CallRow; readonly isQuiet: boolean }): JSX.Element {
  const { health, problems } = props.row
  if (props.isQuiet) return <span class="soft">good</span>
  return (
    <Pill tone={toneOfHealth(health)}>
      {health}
      {problems > 1 ? ` · ${problems}` : ''}
    </Pill>
  )
}

function lengthOf({ sinceMs, endedMs, status }: CallRow): string {
  if (status === 'ended') return endedMs === undefined ? '' : `for ${roughSpan(endedMs - sinceMs)}`
  return roughSpan(nowMs.value - sinceMs)
}
