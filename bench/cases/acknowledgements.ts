/** How many notifications a second are acknowledged over real HTTP, each after its fsynced commit. */
import type { Build } from '../contestants/main.ts'
import { openContestant } from '../contestants/open.ts'
import { alternate, type Benchmark, type Figure, quantile, ratios } from '../harness.ts'
import type { Dialect } from '../load/dialects.ts'
import { openLoad } from '../load/open.ts'
import { createLogin } from '../login.ts'
import { callIdsOf } from '../traffic.ts'

const CALLS = 1_024
const CONNECTIONS = 128
const WARM_UP_MS = 1_500

type Rival = { readonly name: string; readonly build: Build; readonly dialect: Dialect }

const callchart: Rival = { name: 'callchart', build: 'engine', dialect: 'graph' }
const rivals: readonly (Rival & { readonly ratio: string })[] = [
  { name: 'bare loop', build: 'bareLoop', dialect: 'graph', ratio: 'of the bare loop' },
  {
    name: 'straightforward build',
    build: 'straightforward',
    dialect: 'graph',
    ratio: 'of a straightforward build',
  },
  {
    name: '@restatedev/xstate',
    build: 'restate',
    dialect: 'restate',
    ratio: 'of @restatedev/xstate',
  },
]

export const acknowledgements: Benchmark = {
  name: 'acknowledgements',
  measures:
    'Notifications acknowledged a second over real HTTP: 128 connections, one notification a POST, signed tokens, one process, each answered after its fsynced commit. Against a bare loop behind node:http that does the same parse, validation, XState step and group commit; a straightforward build (Hono, live actors, one commit an event); and @restatedev/xstate on restate-server.',
  run: async (circumstances) => {
    const { short, progress } = circumstances
    const callIds = callIdsOf(CALLS)
    const login = await createLogin()
    const durationMs = short ? 1_500 : 3_000
    await using stack = new AsyncDisposableStack()
    const load = stack.use(openLoad())
    const missing = new Map<string, string>()
    const bursts: Record<string, () => Promise<number>> = {}
    const tookMs: number[] = []

    const enter = async ({ name, build, dialect }: Rival) => {
      progress(`starting ${name}`)
      // Restate takes long to make a call: as many as give each connection two of its own.
      const own = build === 'restate' ? callIds.slice(0, 2 * CONNECTIONS) : callIds
      const { url = '' } = stack.use(await openContestant({ build, callIds: own, login }))
      const target = { url, token: login.token, dialect, callIds: own }
      const number = await load.connect(target, CONNECTIONS)
      await load.ask('burst', { load: number, durationMs: WARM_UP_MS })
      bursts[name] = async () => {
        const burst = await load.ask('burst', { load: number, durationMs })
        if (name === callchart.name) tookMs.push(...burst)
        return (burst.length * 1_000) / durationMs
      }
    }

    await enter(callchart)
    for (const rival of rivals) {
      if (short && rival.build === 'restate') {
        missing.set(rival.name, '--short leaves out what has to be installed first')
        continue
      }
      await enter(rival).catch((error: Error) => missing.set(rival.name, firstLine(error)))
    }
    const measured = await alternate(short ? 3 : 5, bursts, circumstances)
    const own = measured[callchart.name] ?? []
    return {
      figures: [
        { name: callchart.name, unit: '/s', samples: own },
        ...rivals.flatMap(({ name, ratio }): Figure[] => {
          const samples = measured[name]
          const notMeasured = missing.get(name) ?? 'it did not start'
          if (!samples) {
            return [
              { name, unit: '/s', notMeasured },
              { name: ratio, unit: '×', notMeasured },
            ]
          }
          return [
            { name, unit: '/s', samples },
            { name: ratio, unit: '×', samples: ratios(own, samples) },
          ]
        }),
        { name: 'p50 at full load', unit: 'ms', samples: [quantile(tookMs, 0.5)] },
        { name: 'p99 at full load', unit: 'ms', samples: [quantile(tookMs, 0.99)] },
      ],
    }
  },
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0] ?? message
}
