/** A bot with one dialogue shape, its ends as states beside it, and a world to try it in. */
import { callChart, callSetup, type Recording, type Shape } from 'callchart/machines'
import { emulate, type TestCall, type World, type WorldOptions } from 'callchart/testkit'
import { fromPromise } from 'xstate'
import type { Script } from '../../../src/emulator/index.ts'
import { Charts } from '../../../src/engine/charts.ts'
import { revive } from '../../../src/testkit/simulation/judge/stored.ts'

type Private = { readonly pin: string; readonly message: Recording }
type Own = { readonly type: 'agent.freed' }

/** A bot's setup, and what its shapes have put under `private`, as promise logic is given it. */
export function deskSeeing(seen: unknown[]) {
  return callSetup.extend({
    types: {} as { private: Private; events: Own },
    actors: {
      see: fromPromise(async ({ input }: { input: Partial<Private> }) => {
        seen.push(input)
      }),
    },
  })
}

export const desk = deskSeeing([])

/** A chart that is in the shape from the start. */
export function meetingChartOf(shape: Shape<string>) {
  return chartOf(shape, [], 'shape')
}

/** A chart that enters the shape once the call is established, and stays where it leads. */
export function chartOf(
  shape: Shape<string>,
  seen: unknown[] = [],
  initial: 'before' | 'shape' = 'before',
) {
  const bot = deskSeeing(seen)
  const scenario = bot.createStateConfig({
    initial,
    on: { 'agent.freed': '.elsewhere' },
    states: {
      before: { on: { 'call.established': 'shape' } },
      shape,
      onDone: { invoke: { src: 'see', input: ({ context }) => context.private } },
      onRefused: {},
      onFailed: { invoke: { src: 'see', input: ({ context }) => context.private } },
      elsewhere: {},
    },
  })
  return bot.createMachine(callChart({ id: 'desk', version: '1', scenario }))
}

/** A caller who has come to the shape. */
export class Caller {
  readonly world: World
  readonly call: TestCall
  readonly seen: readonly unknown[]
  readonly #chart: ReturnType<typeof chartOf>

  constructor(world: World, call: TestCall, chart: ReturnType<typeof chartOf>, seen: unknown[]) {
    this.world = world
    this.call = call
    this.seen = seen
    this.#chart = chart
  }

  /** Where the scenario stands, such as `shape.asking` or `onDone`. */
  async state(): Promise<string> {
    const calls = this.world.disk.commits.flatMap((commit) => commit.calls)
    const key = calls.find(({ graphId }) => graphId === this.call.id)?.key ?? ''
    const stored = await this.world.disk.store.load(key)
    const snapshot =
      stored && revive(new Charts({ charts: [{ chart: this.#chart }] }), stored).group.call
    const value: unknown = snapshot?.value.scenario
    return typeof value === 'string' ? value : JSON.stringify(value).replaceAll(/[{}"]/g, '')
  }

  /** What Graph was asked for since the call was answered. */
  get asked(): readonly string[] {
    const noise = ['answer', 'getCall', 'keepAlive', 'listParticipants']
    return this.world.requests.filter((request) => !noise.includes(request))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.world[Symbol.asyncDispose]()
  }
}

type Scripts = { readonly [who: string]: Script }

/** Rings a bot that has this shape. */
export async function ring(
  shape: Shape<string>,
  { scripts = {}, ...options }: WorldOptions & { readonly scripts?: Scripts } = {},
): Promise<Caller> {
  const seen: unknown[] = []
  const chart = chartOf(shape, seen)
  const world = await emulate(chart, options)
  for (const [who, script] of Object.entries(scripts)) world.script(who, script)
  return new Caller(world, await world.ring({ from: 'bob@fabrikam.com' }), chart, seen)
}
