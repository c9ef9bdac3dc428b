/**
 * Every call can end. Explored is the chart itself with `xstate/graph`, states told apart by value (and by
 * what `transfer` stands at, which guards read). All eight regions at once would be millions of states;
 * instead: signalling with liveness, whose way to the end is looked for from every state that can be
 * reached; and, region by region, that each other region ends when signalling tells that the call has.
 */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import type { AnyMachineSnapshot, AnyStateNode, EventObject } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import { type CallInput, callStates, regions } from '../../machines/index.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { asked, due, gone, told } from '../machines/call/heard.ts'
import { begin, input, play } from './play.ts'

const scenario = callSetup.createStateConfig({ initial: 'idle', states: { idle: {} } })
const machine = (incoming: 'ask' | 'answer') =>
  callSetup.createMachine(callChart({ id: 'listener', version: '1', scenario, incoming }))

const fault = { status: 500, code: 'x', message: '', fix: '' }

/** What needs no notification to come: time, and what Graph answers when it is asked. */
const unprompted: readonly EventObject[] = [
  due('answerDeadline', 'signalling.offered'),
  due('lookUpInterval', 'signalling.transferring'),
  due('lookUpInterval', 'signalling.transferAccepted'),
  due('terminatingDeadline', 'signalling.terminating'),
  due('lookUpInterval', 'liveness.waiting'),
  due('keepAliveInterval', 'liveness.beating'),
  due('suspectInterval', 'liveness.suspect'),
  ...(['getCall', 'keepAlive', 'hangUp', 'answer', 'reject', 'redirect'] as const).map((effect) =>
    told(effect, 'failed', gone),
  ),
  told('createCall', 'failed', { fault }),
]

const prompted: readonly EventObject[] = [
  ...callStates.map((state) => ({ type: `callState.${state}` })),
  { type: 'callState.established', resultInfo: { code: 500, subcode: 7000 } },
  { type: 'engine.resumed' },
  { type: 'admin.nudged' },
  { type: 'admin.hungUp' },
  asked('answer', {}),
  asked('reject', {}),
  asked('redirect', { targets: 'a@b.c' }),
  asked('transfer', { to: 'a@b.c' }),
  asked('hangUp', {}),
  told('createCall', 'accepted'),
  told('answer', 'accepted'),
  told('answer', 'failed', { fault }),
  told('redirect', 'failed', { fault }),
  told('transfer', 'failed', { fault }),
  told('keepAlive', 'failed', { fault }),
  told('getCall', 'failed', { fault }),
  told('getCall', 'completed', { answer: { call: { state: 'established' } } }),
]

const stateOf = ({ value, context, status }: AnyMachineSnapshot) =>
  JSON.stringify([value.signalling, value.liveness, context.transfer, status])

type Edges = ReadonlyMap<string, readonly (readonly [EventObject, string])[]>

type Next = { readonly event: EventObject; readonly state: AnyMachineSnapshot }

/** Every state that can be reached, and where each event leads from it. */
function explore(incoming: 'ask' | 'answer', start: Partial<CallInput>): Edges {
  const map = getAdjacencyMap(machine(incoming), {
    events: [...prompted, ...unprompted] as never,
    input: { ...input, ...start },
    serializeState: stateOf as never,
    limit: 100_000,
  })
  return new Map(
    Object.entries(map).map(([state, { transitions }]) => [
      state,
      Object.values<Next>(transitions).map((next) => [next.event, stateOf(next.state)] as const),
    ]),
  )
}

/** The states from which no path along these events leads to an ended call. */
function stranded(edges: Edges, isTaken: (event: EventObject) => boolean): string[] {
  const ends = new Set([...edges.keys()].filter((state) => state.endsWith('"done"]')))
  for (let before = -1; before < ends.size; ) {
    before = ends.size
    for (const [state, next] of edges) {
      if (next.some(([event, to]) => isTaken(event) && ends.has(to))) ends.add(state)
    }
  }
  return [...edges.keys()].filter((state) => !ends.has(state))
}

const kinds = [
  ['ask', { direction: 'incoming' }],
  ['answer', { direction: 'incoming' }],
  ['answer', { direction: 'outgoing' }],
  ['answer', { call: { state: 'unknown' } }],
] as const

test.each(kinds)(
  '(%s, %j) every state that can be reached has a way to the end of the call',
  (...kind) => {
    const edges = explore(...kind)
    expect(edges.size).toBeGreaterThan(20)
    expect(stranded(edges, () => true)).toEqual([])
  },
)

test.each(kinds)('(%s, %j) also where no notification ever comes again', (...kind) => {
  const edges = explore(...kind)
  expect(stranded(edges, (event) => unprompted.includes(event))).toEqual([])
})

test('wherever another region stands, it ends when the call has', () => {
  const root = machine('answer').root
  for (const name of Object.keys(regions).filter((each) => each !== 'signalling')) {
    for (const leaf of leavesOf(root.states[name])) {
      const taken = ancestorsOf(leaf).flatMap(
        (node) => node.transitions.get('call.terminated') ?? [],
      )
      const isEnd = leaf.type === 'final' || leaf.always !== undefined
      expect([leaf.id, isEnd || taken[0]?.target?.[0]?.type]).toEqual([leaf.id, isEnd || 'final'])
    }
  }
})

test('signalling tells that the call has ended whenever it comes to its final state', () => {
  const chart = loadChart(machine('answer'))
  const { group } = play(chart, begin(chart), [{ type: 'callState.terminated' }])
  expect(group.call.status).toBe('done')
})

function leavesOf(node: AnyStateNode | undefined): AnyStateNode[] {
  const children = Object.values(node?.states ?? {})
  return children.length === 0 ? (node ? [node] : []) : children.flatMap(leavesOf)
}

function ancestorsOf(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node, ...ancestorsOf(node.parent)] : [node]
}
