/**
 * Matchers for vitest: importing this module registers them, and their types come with it. It is an entry
 * of its own, because the testkit itself needs no test runner.
 *
 * @example
 * import 'callchart/testkit/vitest'
 * expect(call).toBeIn('choosing')
 * expect(world).toHaveRequested(['answer', 'playPrompt'])
 */
import { expect } from 'vitest'
import type { EffectName } from '../../machines/effects.ts'
import { type Invariant, TestCall, World } from './index.ts'
import { isOurs } from './invariants/regions.ts'

interface CallchartMatchers<Result> {
  /** The call's chart is in this state, or in one within it: `choosing` (of the scenario), `audio.muted`. */
  toBeIn(state: string): Result
  /** The call's chart has heard these events, in this order, others in between. */
  toHaveHeard(...events: readonly string[]): Result
  /** The call's chart has asked for this effect, with at least these parameters. */
  toHaveAsked(effect: EffectName | 'invoke', params?: object): Result
  /** Graph was asked for these actions, in this order, and for no others. */
  toHaveRequested(actions: readonly string[]): Result
  /** Awaited: no promise was broken in this world, and it keeps these invariants. */
  toKeep(...invariants: readonly Invariant[]): Promise<Result>
}

declare module 'vitest' {
  // A matcher's subject is of any type; ours say themselves what they cannot judge.
  interface Matchers<T> extends CallchartMatchers<T> {}
}

expect.extend({
  toBeIn(received: unknown, state: string) {
    const { states } = callIn(received, 'toBeIn')
    const told = states.filter((path) => !isOurs(path.split('.', 1).join('')))
    return {
      pass: states.some((path) =>
        [state, `scenario.${state}`].some((each) => isWithin(path, each)),
      ),
      message: () => `the call is in ${told.join(', ') || 'no state yet'}`,
      expected: state,
      actual: told.join(', '),
    }
  },
  toHaveHeard(received: unknown, ...events: string[]) {
    const { heard } = callIn(received, 'toHaveHeard')
    let from = -1
    const missing = events.find((event) => {
      from = heard.indexOf(event, from + 1)
      return from < 0
    })
    return {
      pass: missing === undefined,
      message: () =>
        missing === undefined
          ? `the call has heard ${events.join(', ')}`
          : `the call has not heard ${missing}, or not after what was named before`,
      expected: events,
      actual: heard,
    }
  },
  toHaveAsked(received: unknown, effect: string, params: object = {}) {
    const asked = callIn(received, 'toHaveAsked').asked.map((each) => ({
      effect: each.effect,
      params: each.params,
    }))
    const wanted = { effect, params: expect.objectContaining(params) }
    return {
      pass: asked.some((each) => this.equals(each, wanted)),
      message: () => `the call has asked for ${asked.map((each) => each.effect).join(', ')}`,
      expected: { effect, params },
      actual: asked,
    }
  },
  toHaveRequested(received: unknown, actions: readonly string[]) {
    const { requests } = worldIn(received, 'toHaveRequested')
    return {
      pass: this.equals(requests, actions),
      message: () => `the bot has asked Graph for ${requests.join(', ') || 'nothing'}`,
      expected: actions,
      actual: requests,
    }
  },
  async toKeep(received: unknown, ...invariants: Invariant[]) {
    const broken = await worldIn(received, 'toKeep')
      .checkInvariants(...invariants)
      .then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
    return {
      pass: broken === undefined,
      message: () => broken ?? 'the world has kept every promise',
    }
  },
})

function isWithin(path: string, state: string): boolean {
  return path === state || path.startsWith(`${state}.`)
}

function callIn(received: unknown, matcher: string): TestCall {
  if (received instanceof TestCall) return received
  throw new TypeError(`${matcher} is about a call of a world: expect(call).${matcher}(…).`)
}

function worldIn(received: unknown, matcher: string): World {
  if (received instanceof World) return received
  throw new TypeError(`${matcher} is about a world: expect(world).${matcher}(…).`)
}
