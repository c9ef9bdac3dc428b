/** `step` reuses one scope for speed; it must be XState's own `transition()` in all but the time it takes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ExecutableActionObject, initialTransition, transition } from 'xstate'
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

test('after any traffic, a step gives the snapshot and actions that transition() gives', () => {
  fc.assert(
    fc.property(anyTraffic, (traffic) => {
      let own = start(deskMachine, input)
      let [theirs, actions] = initialTransition(deskMachine, input)
      const expectSame = () => {
        expect(JSON.stringify(persist(deskMachine, own.snapshot))).toBe(
          JSON.stringify(persist(deskMachine, theirs)),
        )
        expect(own.asked.map(ours)).toEqual(actions.flatMap(ofXState))
      }
      expectSame()
      for (const event of traffic) {
        if (own.snapshot.status !== 'active') break
        ;[theirs, actions] = transition(deskMachine, theirs, event as never)
        if (theirs.status === 'error') {
          expect(() => step(deskMachine, own.snapshot, event)).toThrow()
          break
        }
        own = step(deskMachine, own.snapshot, event)
        expectSame()
      }
    }),
    { numRuns: 100 },
  )
})
