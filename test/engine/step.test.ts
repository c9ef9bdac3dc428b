/** One step of a chart: what it asks is told, nothing is done. */
import { describe, expect, test, vi } from 'vitest'
import {
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  fromCallback,
  fromPromise,
  log,
  raise,
  setup,
} from 'xstate'
import { isPromiseLogic, persist, restore, start, step } from '../../src/engine/step.ts'

const done = vi.fn()

const chart = setup({
  actors: { find: fromPromise(async () => done()) },
  actions: { effect: (_, _params: { n: number }) => done(), custom: () => done() },
}).createMachine({
  id: 'c',
  context: { count: 0, found: undefined as unknown },
  initial: 'idle',
  states: {
    idle: {
      on: {
        go: 'finding',
        effects: {
          actions: [
            { type: 'effect', params: { n: 1 } },
            'custom',
            { type: 'effect', params: { n: 2 } },
          ],
        },
        wait: 'waiting',
        remind: { actions: raise({ type: 'reminded' }, { delay: 7, id: 'r' }) },
        forget: { actions: cancel('r') },
        chain: { actions: raise({ type: 'reminded' }) },
        reminded: { actions: assign({ count: ({ context }) => context.count + 1 }) },
        tell: { actions: emit({ type: 'told' }) },
        say: { actions: log('said') },
        many: {
          actions: enqueueActions(({ enqueue }) => {
            enqueue('custom')
            enqueue({ type: 'effect', params: { n: 3 } })
          }),
        },
        break: {
          actions: [
            assign({ count: 9 }),
            assign(() => {
              throw new Error('broken')
            }),
          ],
        },
      },
    },
    waiting: { after: { 1000: 'idle' }, on: { go: 'idle' } },
    finding: {
      invoke: {
        src: 'find',
        id: 'finder',
        input: { what: 'x' },
        onDone: { target: 'idle', actions: assign({ found: ({ event }) => event.output }) },
      },
      on: { go: 'idle' },
    },
  },
})

const idle = start(chart, undefined).snapshot
const hear = (...types: readonly string[]) =>
  types.reduce((before, type) => step(chart, before.snapshot, { type }), {
    snapshot: idle,
    asked: [],
    taken: [],
  } as ReturnType<typeof step>)

describe('what a chart asks for', () => {
  test('named actions, in their order, with their parameters', () => {
    expect(hear('effects').asked).toEqual([
      { kind: 'action', type: 'effect', params: { n: 1 } },
      { kind: 'action', type: 'custom', params: undefined },
      { kind: 'action', type: 'effect', params: { n: 2 } },
    ])
  })

  test('what enqueueActions decides on', () => {
    expect(hear('many').asked.map((each) => each.kind === 'action' && each.type)).toEqual([
      'custom',
      'effect',
    ])
  })

  test('a timer on entering a delayed state, called off on leaving it', () => {
    const id = 'xstate.after.1000.c.waiting'
    expect(hear('wait').asked).toEqual([
      { kind: 'timerSet', id, delayMs: 1_000, event: { type: id } },
    ])
    expect(hear('wait', 'go').asked).toEqual([{ kind: 'timerCancelled', id }])
    expect(hear('wait', id).snapshot.value).toBe('idle')
  })

  test('a timer for what is raised with a delay, and its cancellation', () => {
    expect(hear('remind').asked).toEqual([
      { kind: 'timerSet', id: 'r', delayMs: 7, event: { type: 'reminded' } },
    ])
    expect(hear('forget').asked).toEqual([{ kind: 'timerCancelled', id: 'r' }])
  })

  test('nothing for what is raised at once: it is heard in the same step', () => {
    const { asked, snapshot } = hear('chain')
    expect([asked, snapshot.context.count]).toEqual([[], 1])
  })

  test('an invocation with its input, left behind with its state', () => {
    expect(hear('go').asked).toEqual([
      { kind: 'invoked', id: 'finder', src: 'find', input: { what: 'x' } },
    ])
    expect(hear('go', 'go').asked).toEqual([{ kind: 'uninvoked', id: 'finder' }])
  })

  test('what it emits', () => {
    expect(hear('tell').asked).toEqual([{ kind: 'emitted', event: { type: 'told' } }])
  })

  test('and none of it is done', () => {
    hear('effects', 'many', 'go')
    expect(done).not.toHaveBeenCalled()
  })
})

describe('results of invocations', () => {
  test('come back as events, also after a restart', () => {
    const { snapshot } = hear('go')
    const read = restore(chart, JSON.parse(JSON.stringify(persist(chart, snapshot))))
    const event = { type: 'xstate.done.actor.finder', actorId: 'finder', output: 7 }
    for (const before of [snapshot, read]) {
      const after = step(chart, before, event).snapshot
      expect([after.value, after.context.found]).toEqual(['idle', 7])
    }
  })

  test('an error nobody handles throws, and changes nothing', () => {
    const { snapshot } = hear('go')
    const event = { type: 'xstate.error.actor.finder', actorId: 'finder', error: new Error('no') }
    expect(() => step(chart, snapshot, event)).toThrow('no')
    expect(snapshot.value).toBe('finding')
  })
})

describe('a chart that throws', () => {
  test('leaves its snapshot as it was, and the next step asks for none of it', () => {
    const before = JSON.stringify(persist(chart, idle))
    expect(() => hear('break')).toThrow('broken')
    expect(JSON.stringify(persist(chart, idle))).toBe(before)
    expect(hear('tell').asked).toHaveLength(1)
  })

  test('on starting, throws out of start', () => {
    const broken = createMachine({
      context: () => {
        throw new Error('no context')
      },
    })
    expect(() => start(broken, undefined)).toThrow('no context')
  })

  test('reading back a state that does not exist throws', () => {
    const persisted = { ...persist(chart, idle), value: 'nowhere' } as never
    expect(() => restore(chart, persisted)).toThrow('nowhere')
  })
})

test('promise logic is told from all other logic', () => {
  expect(isPromiseLogic(fromPromise(async () => 1))).toBe(true)
  const others = [fromCallback(() => {}), chart, {}, undefined, 'find', { transition: () => {} }]
  expect(others.some(isPromiseLogic)).toBe(false)
})

test('a call stored before a region was added stands in that region’s initial state, and goes on there', () => {
  const talking = { initial: 'off', states: { off: { on: { go: 'on' } }, on: {} } } as const
  const holding = { initial: 'none', states: { none: { on: { go: 'some' } }, some: {} } } as const
  const before = createMachine({ type: 'parallel', states: { talking } })
  const after = createMachine({ type: 'parallel', states: { talking, holding } })
  const stored = persist(before, start(before, undefined).snapshot)
  const restored = restore(after, JSON.parse(JSON.stringify(stored)))
  expect(restored.value).toEqual({ talking: 'off', holding: 'none' })
  expect(step(after, restored, { type: 'go' }).snapshot.value).toEqual({
    talking: 'on',
    holding: 'some',
  })
})
