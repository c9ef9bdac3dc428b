/**
 * `step` takes plain transitions itself and leaves the others to XState; both must be XState's own
 * `transition()` in all but the time it takes.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyTransitionDefinition,
  assign,
  createMachine,
  type ExecutableActionObject,
  initialTransition,
  transition,
} from 'xstate'
import { type Asked, start, step } from '../../src/engine/step.ts'
import { Macrostep } from '../../src/engine/stepping/macrostep.ts'
import { scopeFor } from '../../src/engine/stepping/scope.ts'
import { anyChart, anyEvents } from './charts.ts'
import { input } from './play.ts'
import { anyTraffic, deskMachine } from './traffic.ts'

/** Both sides as the bare facts: what kind, which, with what. */
function ofXState({ type, params }: ExecutableActionObject): readonly unknown[] {
  const { id, delay, event, sendId, src, input: given } = (params ?? {}) as Record<string, unknown>
  switch (type) {
    case 'xstate.raise':
      return delay === undefined ? [] : [[type, id, delay, event]]
    case 'xstate.cancel':
      return [[type, sendId]]
    case 'xstate.spawnChild':
      return [[type, id, src, given]]
    case 'xstate.stopChild':
      return [[type, id]]
    case 'xstate.emit':
      return [[type, event]]
    default:
      return [[type, params]]
  }
}

function ours(asked: Asked): unknown {
  switch (asked.kind) {
    case 'timerSet':
      return ['xstate.raise', asked.id, asked.delayMs, asked.event]
    case 'timerCancelled':
      return ['xstate.cancel', asked.id]
    case 'invoked':
      return ['xstate.spawnChild', asked.id, asked.src, asked.input]
    case 'uninvoked':
      return ['xstate.stopChild', asked.id]
    case 'emitted':
      return ['xstate.emit', asked.event]
    case 'action':
      return [asked.type, asked.params]
  }
}

/** All that a snapshot says; the order in a value's text is the order in which regions are asked. */
function facts({ _nodes, value, context, status, output, tags, historyValue }: AnyMachineSnapshot) {
  const history = Object.entries(historyValue as Record<string, { id: string }[]>)
  return {
    active: _nodes.map(({ id }) => id),
    value: JSON.stringify(value),
    context,
    status,
    output,
    tags: [...tags].sort(),
    history: history.map(([id, nodes]) => [id, nodes.map((node) => node.id)]),
  }
}

/** Tells both the same, and holds what comes of it equal; false once a chart has ended or thrown. */
function expectSame(chart: AnyStateMachine, events: readonly AnyEventObject[], given?: unknown) {
  let own: ReturnType<typeof start>
  let theirs: AnyMachineSnapshot
  let actions: ExecutableActionObject[]
  ;[theirs, actions] = initialTransition(chart, given)
  if (theirs.status === 'error') {
    expect(() => start(chart, given)).toThrow()
    return
  }
  own = start(chart, given)
  for (const event of events) {
    expect(facts(own.snapshot)).toEqual(facts(theirs))
    expect(own.asked.map(ours)).toEqual(actions.flatMap(ofXState))
    if (theirs.status !== 'active') return
    const next = attempt(() => {
      const found = transition(chart, theirs, event as never)
      if (found[0].status === 'error') throw found[0].error
      return found
    })
    if ('thrown' in next) {
      expect(attempt(() => step(chart, own.snapshot, event))).toEqual(next)
      return
    }
    ;[theirs, actions] = next.gave
    const before = own.snapshot
    own = step(chart, before, event)
    const taken = takenByXState(chart, before, event)
    expect(own.taken.map(({ source }) => source.id)).toEqual(taken.map(({ source }) => source.id))
    expect(own.taken.every((transition, index) => transition === taken[index])).toBe(true)
  }
  expect(facts(own.snapshot)).toEqual(facts(theirs))
}

function takenByXState(chart: AnyStateMachine, before: AnyMachineSnapshot, event: AnyEventObject) {
  const taken: AnyTransitionDefinition[] = []
  const scope = scopeFor(
    () => {},
    (transitions) => void taken.push(...transitions),
  )
  chart.transition(before, event, scope)
  return taken
}

function attempt<Result>(take: () => Result): { gave: Result } | { thrown: string } {
  try {
    return { gave: take() }
  } catch (error) {
    return { thrown: String(error) }
  }
}

test('after any traffic, a step gives the snapshot and actions that transition() gives', () => {
  fc.assert(
    fc.property(anyTraffic, (traffic) => expectSame(deskMachine, traffic, input)),
    { numRuns: 100 },
  )
})

test('whatever a chart is made of, a step is what transition() is', () => {
  fc.assert(
    fc.property(anyChart, anyEvents, (chart, types) =>
      expectSame(
        chart,
        types.map((type) => ({ type })),
      ),
    ),
    { numRuns: 2_000 },
  )
})

/** Every way to listen: by name, by family, to all, not at all, so that nobody around does; nested, by guard. */
const listening = createMachine({
  context: { heard: 0 },
  type: 'parallel',
  on: { 'a.b': { actions: assign({ heard: ({ context }) => context.heard + 1 }) } },
  states: {
    one: {
      initial: 'off',
      on: { 'a.*': '.off' },
      states: {
        off: { on: { 'a.b': 'on' } },
        on: { on: { 'a.b': {}, '*': 'off' } },
      },
    },
    two: {
      initial: 'shut',
      states: {
        shut: {
          on: {
            b: [
              { guard: ({ context }) => context.heard > 1, target: 'open.deep.x' },
              { target: 'open' },
            ],
          },
        },
        open: {
          type: 'parallel',
          on: { 'a.c': 'shut' },
          states: {
            deep: { initial: 'y', states: { x: { on: { b: 'y' } }, y: { on: { c: '#last' } } } },
            side: { initial: 'z', states: { z: { on: { 'a.*': 'w' } }, w: { always: 'z' } } },
          },
        },
      },
    },
    kept: {
      initial: 'apart',
      on: { 'a.b': '.open' },
      states: { apart: { on: { 'a.b': {}, b: 'open' } }, open: { on: { c: 'apart' } } },
    },
    three: {
      initial: 'four',
      states: {
        four: { on: { 'xstate.done.*': 'five', c: 'five' } },
        five: { id: 'five', on: { a: 'past' } },
        past: { id: 'last', on: { b: 'four' }, after: { 10: 'four' } },
      },
    },
  },
})

test('whatever way a chart listens, passing over regions changes nothing', () => {
  const types = fc.constantFrom('a', 'a.b', 'a.c', 'a.b.c', 'b', 'c', 'd', 'xstate.done.x')
  fc.assert(
    fc.property(fc.array(types, { maxLength: 20 }), (heard) =>
      expectSame(
        listening,
        heard.map((type) => ({ type })),
      ),
    ),
    { numRuns: 300 },
  )
})

const once = ({ context }: { context: { heard: number } }) => ({ heard: context.heard + 1 })

/** Regions that lead out of what holds them both, and a state around them that is left by itself. */
const crossing = createMachine({
  context: { heard: 0 },
  initial: 'inside',
  states: {
    inside: {
      type: 'parallel',
      always: { guard: ({ context }) => context.heard === 3, actions: assign(once) },
      states: {
        one: {
          initial: 'first',
          states: {
            first: { on: { a: { target: '#left', actions: assign(once) }, b: 'second' } },
            second: {},
          },
        },
        two: {
          initial: 'first',
          states: {
            first: { on: { a: { target: '#right', actions: assign(once) }, b: 'second' } },
            second: {},
          },
        },
      },
      on: { c: { actions: assign(once) } },
    },
    left: { id: 'left', on: { c: 'inside' } },
    right: { id: 'right', on: { c: 'inside' } },
  },
})

test('of transitions in each other’s way the same are taken, and what several share is taken once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }), (types) =>
      expectSame(
        crossing,
        types.map((type) => ({ type })),
      ),
    ),
    { numRuns: 300 },
  )
})

describe('what is nearly always told', () => {
  test('is taken without XState', () => {
    const macrostep = new Macrostep(deskMachine)
    let swift = 0
    let all = 0
    fc.assert(
      fc.property(anyTraffic, (traffic) => {
        let { snapshot } = start(deskMachine, input)
        for (const event of traffic) {
          if (snapshot.status !== 'active') return
          const next = attempt(() => step(deskMachine, snapshot, event))
          if ('thrown' in next) return
          all++
          if (macrostep.take(snapshot, event, { ask: () => {}, take: () => {} })) swift++
          snapshot = next.gave.snapshot
        }
      }),
      { numRuns: 50, seed: 1 },
    )
    expect(swift / all).toBeGreaterThan(0.9)
  })
})
