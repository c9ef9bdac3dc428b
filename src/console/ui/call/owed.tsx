/** What the call has asked of Graph and how that stands, and what falls due. */
import type { JSX } from 'preact'
import { roughSpan } from '../../../../snapshots/spans.ts'
import type { OutboxRow, PastOutboxRow, TimerRow } from '../../../admin/protocol.ts'
import { nowMs } from '../clock.ts'
import { Pill } from '../parts/basics.tsx'
import { JsonTree } from '../parts/json.tsx'
import { toneOfEffect } from '../parts/tones.ts'
import { exactTime, timeOfDay } from '../words.ts'
import { at, moment } from './moment.ts'

type Parts = {
  readonly outbox: readonly (OutboxRow | PastOutboxRow)[]
  readonly timers: readonly TimerRow[]
}

export function Owed({ outbox, timers }: Parts): JSX.Element {
  return (
    <>
      <h3>Timers</h3>
      {timers.length === 0 && <p class="soft nothing">Nothing falls due.</p>}
      <ul class="timers">
        {timers.map((timer) => (
          <li key={timer.id}>
            <span class="cut" title={timer.what}>
              {timer.what}
            </span>
            <span class="soft">
              {timeOfDay(timer.dueMs)} · {dueIn(timer)}
            </span>
          </li>
        ))}
      </ul>
      <h3>Outbox</h3>
      {outbox.some(({ status }) => status === 'asked' || status === 'untold') && (
        <p class="soft nothing">
          As the journal tells it: what is <em>asked</em> may have been sent by then or not; of what
          is <em>untold</em> no entry says when it ended.
        </p>
      )}
      {outbox.length === 0 && <p class="soft nothing">Nothing has been asked of Graph.</p>}
      <ul class="outbox">
        {outbox.toReversed().map((row) => (
          <li key={row.id}>
            <details>
              <summary>
                <code class="cut">{row.effect}</code>
                <span class="soft">{exactTime(row.askedMs)}</span>
                <Pill tone={toneOfEffect(row.status)}>{row.status}</Pill>
              </summary>
              <JsonTree name="params" value={row.params} isOpen />
              <JsonTree name="command" value={row.id} />
              {'operationId' in row && row.operationId !== undefined && (
                <JsonTree name="operation" value={row.operationId} />
              )}
            </details>
            {'why' in row && row.why !== undefined && <p class="why">{row.why}</p>}
          </li>
        ))}
      </ul>
    </>
  )
}

function dueIn({ dueMs }: TimerRow): string {
  const from = at.value === undefined ? nowMs.value : (moment.value?.atMs ?? nowMs.value)
  return dueMs <= from ? 'due' : `in ${roughSpan(dueMs - from)}`
}
