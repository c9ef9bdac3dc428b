/** From what the store says of a call to the part of a row that never changes, or seldom. */
import type { CallBrief } from '../../snapshots/index.ts'
import { whomOf, whoOf } from './people.ts'
import type { CallRow, Direction } from './protocol.ts'

/** What a list shows of any call, whether its states are known or not. */
export type Known = Pick<
  CallRow,
  'key' | 'graphId' | 'direction' | 'who' | 'chart' | 'sinceMs' | 'status' | 'health' | 'problems'
> & {
  readonly ordinal: number
  readonly last: { readonly atMs: number; readonly type: string }
}

export function knownOf(brief: CallBrief): Known {
  const { key, graphId, ordinal, status, chartId: id, chartVersion: version } = brief
  const { first, last, problems } = brief
  return {
    ordinal,
    key,
    graphId,
    status,
    chart: { id, version },
    sinceMs: first.atMs,
    last,
    problems,
    health: healthOf(brief),
    ...begunBy(first.event),
  }
}

function healthOf({ problems, doubts }: CallBrief): CallRow['health'] {
  if (problems > 0) return 'troubled'
  return doubts > 0 ? 'doubtful' : 'good'
}

/** Every call's first event is `call.started`: it says who rang, or whom the bot called. */
function begunBy(event: string): { readonly direction: Direction; readonly who: string } {
  const { input = {} }: { readonly input?: Begun } = JSON.parse(event)
  const { direction = 'incoming', call, request } = input
  return { direction, who: request ? whomOf(request) : whoOf(call?.source) }
}

type Begun = {
  readonly direction?: Direction
  readonly call?: { readonly source?: Parameters<typeof whoOf>[0] }
  readonly request?: unknown
}

/** The row of a call that has ended, from the store alone. */
export function endedRow({ ordinal: _, last, ...known }: Known): CallRow {
  return {
    ...known,
    state: 'terminated',
    topology: '',
    scenario: [],
    lastEvent: last,
    endedMs: last.atMs,
  }
}
