/**
 * `step` reuses one scope for speed, and `withIndexedSelection` passes over regions that an event does not
 * concern; together they must be XState's own `transition()` in all but the time it takes.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  assign,
  createMachine,
  type ExecutableActionObject,
  initialTransition,
  transition,
} from 'xstate'
import { withIndexedSelection } from '../../src/engine/selection.ts'
import { type Asked, persist, start, step } from '../../src/engine/step.ts'
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

const indexedDesk = withIndexedSelection(deskMachine)

test('after any traffic, a step gives the snapshot and actions that transition() gives', () => {
  fc.assert(
    fc.property(anyTraffic, (traffic) => {
      let own = start(indexedDesk, input)
      let [theirs, actions] = initialTransition(deskMachine, input)
      const expectSame = () => {
        expect(JSON.stringify(persist(indexedDesk, own.snapshot))).toBe(
          JSON.stringify(persist(deskMachine, theirs)),
        )
        expect(own.asked.map(ours)).toEqual(actions.flatMap(ofXState))
      }
      expectSame()
      for (const event of traffic) {
        if (own.snapshot.status !== 'active') break
        ;[theirs, actions] = transition(deskMachine, theirs, event as never)
        if (theirs.status === 'error') {
          expect(() => step(indexedDesk, own.snapshot, event)).toThrow()
          break
        }
        own = step(indexedDesk, own.snapshot, event)
        expectSame()
      }
    }),
    { numRuns: 100 },
  )
})

/** Every way to listen: by name, by family, to all, not at all; nested, beside one another, by guard. */
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
  const indexed = withIndexedSelection(listening)
  const types = fc.constantFrom('a', 'a.b', 'a.c', 'a.b.c', 'b', 'c', 'd', 'xstate.done.x')
  fc.assert(
    fc.property(fc.array(types, { maxLength: 20 }), (heard) => {
      let own = start(indexed, undefined).snapshot
      let [theirs] = initialTransition(listening)
      for (const type of heard) {
        own = step(indexed, own, { type }).snapshot
        ;[theirs] = transition(listening, theirs, { type } as never)
        expect([own.value, own.context]).toEqual([theirs.value, theirs.context])
      }
    }),
    { numRuns: 300 },
  )
})
