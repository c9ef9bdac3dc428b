/** Why a call stands where it does: what led there, what it waits for, what is wrong, in sentences. */
import type { AnyStateNode } from 'xstate'
import type { CallContext } from '../../machines/call/context.ts'
import type { OutboxEntry } from '../../snapshots/index.ts'
import { roughSpan } from '../../snapshots/spans.ts'
import type { Chart } from '../engine/chart.ts'
import type { Found } from './calls.ts'
import { timerWords } from './now.ts'
import { problemsOf } from './problems.ts'
import type { Cause, Explanation, LadderEntry, Wait } from './protocol.ts'

/** The regions that say where a call is; the others are told of once they have left where they began. */
const TOLD_FIRST: readonly string[] = ['scenario', 'signalling', 'topology']

export function explanationOf(
  found: Found,
  chart: Chart | undefined,
  timeline: readonly LadderEntry[],
  nowMs: number,
): Explanation {
  const { stored, states } = found
  const { key, status } = stored
  return {
    key,
    status,
    nowMs,
    what: standing(found, timeline),
    because: causesOf(states, timeline),
    waits: status === 'live' ? waitsOf(found, chart, nowMs) : [],
    problems: problemsOf(found, nowMs),
  }
}

function standing({ stored, group, states }: Found, timeline: readonly LadderEntry[]): string {
  const { direction, resultInfo }: CallContext = group.call.context
  const at = innermost(states, 'signalling') ?? 'nowhere'
  if (stored.status === 'live') return `The ${direction} call is ${at}.`
  const last = timeline.at(-1)
  const when = last === undefined ? '' : ` at ${clockTime(last.atMs)}`
  const why =
    resultInfo &&
    `: Graph said ${resultInfo.code}/${resultInfo.subcode} ${resultInfo.message ?? ''}`
  return `The ${direction} call ended${when}${why?.trimEnd() ?? ''}.`
}

/** For each state, the event that led into it. */
function causesOf(states: readonly string[], timeline: readonly LadderEntry[]): readonly Cause[] {
  const causes = states.flatMap((state) => {
    const entry = timeline.findLast(({ entered }) => entered.includes(state))
    if (!entry) return []
    const cause = { state, atMs: entry.atMs, sequence: entry.sequence, what: causeWords(entry) }
    return entry.sequence > 1 || TOLD_FIRST.includes(regionOf(state)) ? [cause] : []
  })
  return causes.toSorted((one, other) => rank(one.state) - rank(other.state))
}

function rank(state: string): number {
  const index = TOLD_FIRST.indexOf(regionOf(state))
  return index < 0 ? TOLD_FIRST.length : index
}

function causeWords({ kind, what, summary, isBad }: LadderEntry): string {
  const why = isBad ? reason(summary) : ''
  switch (kind) {
    case 'start':
      return 'the call began'
    case 'notification':
      return `Graph told ${what}`
    case 'response':
      return `Graph answered: ${what}${why}`
    case 'operation':
      return `Graph told of an operation: ${what}${why}`
    case 'timer':
      return `${what}, nothing else having come`
    case 'invocation':
      return `the bot's own work came back: ${what}`
    default:
      return what
  }
}

/** Why a request failed stands before the states that it led to. */
function reason(summary: string): string {
  const [why = ''] = summary.split('→')
  return why.trim() === '' ? '' : ` (${why.trim()})`
}

function waitsOf(
  { stored, states }: Found,
  chart: Chart | undefined,
  nowMs: number,
): readonly Wait[] {
  const requests = stored.outbox.map((entry) => requestWait(entry, nowMs))
  const timers = stored.timers.map(({ dueMs, event }): Wait => {
    const { type = '' }: { readonly type?: string } = JSON.parse(event)
    const left = dueMs > nowMs ? `in ${roughSpan(dueMs - nowMs)}` : 'due now'
    return { kind: 'timer', dueMs, what: `${timerWords(type)}: ${left}, at ${clockTime(dueMs)}.` }
  })
  const events = chart ? awaited(chart.machine.root, states) : []
  const scenario: Wait[] = events.map(({ state, types }) => ({
    kind: 'event',
    what: `${state} waits for ${types.join(', ')}.`,
  }))
  return [...requests, ...scenario, ...timers]
}

function requestWait(
  { effect, status, askedMs, params, operationId }: OutboxEntry,
  nowMs: number,
): Wait {
  const since = `${roughSpan(nowMs - askedMs)} ago`
  if (effect === 'invoke') {
    const { src = '' }: { readonly src?: string } = JSON.parse(params)
    return { kind: 'invocation', what: `The bot's own work '${src}' runs; it was begun ${since}.` }
  }
  switch (status) {
    case 'running':
      return {
        kind: 'operation',
        what: `${effect} runs at Graph${operationId ? ` as operation ${operationId}` : ''}; it was asked for ${since}.`,
      }
    case 'inDoubt':
    case 'sent':
      return {
        kind: 'request',
        what: `${effect} was sent ${since} and not heard of: unless its answer is on its way, evidence is looked for.`,
      }
    default:
      return { kind: 'request', what: `${effect} is owed to Graph; it was asked for ${since}.` }
  }
}

/** The events that the bot's own active states listen to. */
function awaited(
  root: AnyStateNode,
  states: readonly string[],
): readonly { readonly state: string; readonly types: readonly string[] }[] {
  return states.flatMap((state) => {
    if (regionOf(state) !== 'scenario') return []
    const types = new Set<string>()
    let node: AnyStateNode | undefined = root
    for (const name of state.split('.')) {
      node = node?.states[name]
      for (const type of node?.ownEvents ?? []) if (!type.startsWith('xstate.')) types.add(type)
    }
    return types.size === 0 ? [] : [{ state, types: [...types] }]
  })
}

function innermost(states: readonly string[], region: string): string | undefined {
  return states.find((state) => regionOf(state) === region)?.slice(region.length + 1)
}

function regionOf(state: string): string {
  return state.split('.', 1).join('')
}

function clockTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19)
}
