/** The timeline as the engine sees it: what a call heard, what it asked, and the states it is now in. */
import { delaySpan } from '../../../snapshots/spans.ts'
import type { EngineRecord } from '../../telemetry/index.ts'
import { type Span, span } from './line.ts'
import type { Row } from './row.ts'

type Turned = Extract<EngineRecord, { readonly kind: 'turned' }>
type Settled = Extract<EngineRecord, { readonly kind: 'settled' }>

/** Makes a reader of records that gives a row for each one worth showing. */
export function engineRows(): (record: EngineRecord) => Row | undefined {
  const known = new Map<string, readonly string[]>()

  function turned({ atMs, key, event, states }: Turned): Row {
    const before = known.get(key)
    known.set(key, states)
    const outcome = stateSpans(
      before ? states.filter((each) => !before.includes(each)) : first(states),
    )
    return {
      atMs,
      callId: key,
      sign: event === 'engine.resumed' ? '↻' : '→',
      what: nameOf(event),
      outcome,
    }
  }

  return (record) => {
    switch (record.kind) {
      case 'turned':
        return turned(record)
      case 'asked':
        return { ...about(record), sign: '←', what: record.effect, outcome: [] }
      case 'settled':
        return failure(record)
      case 'quarantined':
        return {
          ...about(record),
          sign: '✗',
          what: record.event,
          outcome: bad(`quarantined: ${record.reason}`),
        }
      case 'commitFailed':
        return { atMs: record.atMs, sign: '✗', what: 'commit failed', outcome: bad(record.reason) }
      case 'refused':
        return { ...about(record), sign: '✗', what: 'refused', outcome: bad(record.reason) }
      case 'takeUpFailed':
        return { ...about(record), sign: '✗', what: 'not taken up', outcome: bad(record.reason) }
      case 'recovered':
        return {
          atMs: record.atMs,
          sign: '↻',
          what: `took up ${record.calls} calls`,
          outcome: [span(`${record.effects} requests were open`, 'dim')],
        }
      case 'draining':
        return {
          atMs: record.atMs,
          sign: '↻',
          what: `draining ${counted(record.calls)}`,
          outcome: [],
        }
      case 'drained':
        return {
          atMs: record.atMs,
          sign: '↻',
          what: `drained, ${counted(record.calls)} left`,
          outcome: [],
        }
      case 'unknownCall':
        return { ...about(record), sign: '↻', what: `unknown call ${record.outcome}`, outcome: [] }
      case 'ended':
        known.delete(record.key)
        return { ...about(record), sign: '■', what: 'ended', outcome: [] }
      default:
        return undefined
    }
  }
}

function counted(calls: number): string {
  return calls === 1 ? '1 call' : `${calls} calls`
}

function about({ atMs, key }: { readonly atMs: number; readonly key: string }) {
  return { atMs, callId: key }
}

/** A delay's event says which state it belongs to; its length is what a reader wants. */
function nameOf(event: string): string {
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(event) ?? []
  if (delay === undefined) return event
  return `after ${delaySpan(delay)}`
}

function failure(record: Settled): Row | undefined {
  const { effect, status, fault, resultInfo } = record
  if (status !== 'failed' && status !== 'inDoubt') return undefined
  const reasons = [
    fault && `${fault.status || ''} ${fault.code}: ${fault.message}`.trim(),
    resultInfo && `${resultInfo.code}/${resultInfo.subcode} ${resultInfo.message ?? ''}`.trim(),
  ]
  const why = reasons.find((each) => each !== undefined) ?? ''
  return { ...about(record), sign: '✗', what: `${effect} ${status}`, outcome: bad(why) }
}

function bad(text: string): Span[] {
  return [span(text, 'red')]
}

/** A new call stands in a dozen states; two of them say where it is. */
function first(states: readonly string[]): readonly string[] {
  return states.filter((state) => /^(signalling|scenario)\./.test(state))
}

/** The scenario's state comes first and without its region's name: it is the author's own. */
function stateSpans(states: readonly string[]): Span[] {
  const of = (region: string) => states.filter((state) => state.startsWith(`${region}.`))
  const scenario = of('scenario').map((state) => state.slice('scenario.'.length))
  const signalling = of('signalling').map((state) => `signalling.${state.split('.').at(-1)}`)
  const isOver = signalling.includes('signalling.terminated')
  const others = isOver ? [] : states.filter((state) => !/^(signalling|scenario)\./.test(state))
  return spaced([
    ...scenario.map((state) => span(state, ['bold', 'magenta'])),
    ...signalling.map((state) => span(state, 'blue')),
    ...others.map((state) => span(state.split('.').slice(-2).join('.'), 'dim')),
  ])
}

function spaced(spans: readonly Span[]): Span[] {
  return spans.flatMap((each, index) => (index === 0 ? [each] : [span(' '), each]))
}
