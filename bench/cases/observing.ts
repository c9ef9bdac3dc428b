/** What it costs that somebody does look: metrics, traces, the inspector. */
import { openCollector, read } from '../collector.ts'
import type { Onlooker } from '../contestants/onlookers.ts'
import { openContestant } from '../contestants/open.ts'
import { alternate, type Benchmark, type Figure, ratios } from '../harness.ts'
import { openLoad } from '../load/open.ts'
import { createLogin } from '../login.ts'
import { callIdsOf } from '../traffic.ts'

const CALLS = 1_024
const CONNECTIONS = 128
const WARM_UP_MS = 1_500

const NOBODY = 'nobody'

export const observing: Benchmark = {
  name: 'observing',
  measures:
    "Notifications acknowledged a second, as in acknowledgements, while somebody looks: Prometheus reads the metrics once a burst; OpenTelemetry's batching processor and OTLP exporter send every span of every call, or of one call in ten, to a collector on this machine, which is waited for; the inspector's page reads every event of every call. Against the same with nobody looking.",
  run: async (circumstances) => {
    const { short, progress } = circumstances
    const callIds = callIdsOf(CALLS)
    const login = await createLogin()
    const durationMs = short ? 1_500 : 3_000
    using collector = await openCollector()
    await using stack = new AsyncDisposableStack()
    const load = stack.use(openLoad())
    const bursts: Record<string, () => Promise<number>> = {}
    const traces = (share: number): Onlooker => ({
      by: 'traces',
      collectorUrl: collector.url,
      share,
    })
    const onlookers: Readonly<Record<string, Onlooker | undefined>> = {
      [NOBODY]: undefined,
      metrics: { by: 'metrics' },
      'traces of every call': traces(1),
      'traces of a tenth': traces(0.1),
      inspector: { by: 'inspector' },
    }
    for (const [name, onlooker] of Object.entries(onlookers)) {
      progress(`starting: ${name}`)
      const opened = stack.use(
        await openContestant({ build: 'engine', callIds, login, ...(onlooker && { onlooker }) }),
      )
      const { url = '' } = opened
      const { metricsUrl, inspectUrl } = await opened.ask('pages', undefined)
      const inspecting = inspectUrl === undefined ? undefined : await read(`${inspectUrl}/messages`)
      const target = { url, token: login.token, dialect: 'graph' as const, callIds }
      const number = await load.connect(target, CONNECTIONS)
      await load.ask('burst', { load: number, durationMs: WARM_UP_MS })
      await opened.ask('told', undefined)
      bursts[name] = async () => {
        const startMs = performance.now()
        const [burst] = await Promise.all([
          load.ask('burst', { load: number, durationMs }),
          metricsUrl === undefined ? undefined : read(metricsUrl),
        ])
        await opened.ask('told', undefined)
        if (inspecting?.isOver()) throw new Error('The inspector no longer told its page.')
        return (burst.length * 1_000) / (performance.now() - startMs)
      }
    }
    const measured = await alternate(short ? 3 : 5, bursts, circumstances)
    const unseen = measured[NOBODY] ?? []
    return {
      figures: Object.entries(measured).flatMap(([name, samples]): Figure[] => {
        const own: Figure = { name, unit: '/s', samples }
        if (name === NOBODY) return [own]
        const lost = ratios(samples, unseen).map((ratio) => (1 - ratio) * 100)
        return [own, { name: `${name}: throughput lost`, unit: '%', samples: lost }]
      }),
    }
  },
}
