/** Who looks on at Callchart while it works, turned on as a bot's author would. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base'
import type { BotOptions } from '../../src/bot/index.ts'
import type { Config } from '../../src/config.ts'

export type Onlooker =
  /** The page for Prometheus. */
  | { readonly by: 'metrics' }
  /** OpenTelemetry's own exporter, to a collector's URL; of a share of the calls. */
  | { readonly by: 'traces'; readonly collectorUrl: string; readonly share: number }
  /** The page of Stately's inspector, all calls. */
  | { readonly by: 'inspector' }

export type Outlets = {
  readonly options: Pick<BotOptions, 'tracerProvider' | 'inspect'>
  readonly config: Pick<Config, 'metrics'>
  /** Resolves once all that was seen has been told; throws when some of it was lost. */
  readonly told: () => Promise<void>
}

export function outletsFor(onlooker: Onlooker | undefined): Outlets {
  const none: Outlets = { options: {}, config: {}, told: async () => {} }
  switch (onlooker?.by) {
    case undefined:
      return none
    case 'metrics':
      return { ...none, config: { metrics: { host: '127.0.0.1', port: 0 } } }
    case 'inspector':
      return { ...none, options: { inspect: {} } }
    case 'traces':
      return { ...none, ...tracing(onlooker.collectorUrl, onlooker.share) }
  }
}

/** More than a burst makes: by default the processor drops what comes faster than it sends. */
const QUEUED_SPANS = 500_000

function tracing(url: string, share: number): Pick<Outlets, 'options' | 'told'> {
  const counted = new Counted(new OTLPTraceExporter({ url }))
  const batches = new BatchSpanProcessor(counted, { maxQueueSize: QUEUED_SPANS })
  const ended = { onStart: () => {}, onEnd: () => void counted.ended++ }
  const nothing = { forceFlush: async () => {}, shutdown: async () => {} }
  const tracerProvider = new BasicTracerProvider({
    sampler: new ParentBasedSampler({
      root: new AlwaysOnSampler(),
      remoteParentSampled: new TraceIdRatioBasedSampler(share),
    }),
    spanProcessors: [batches, { ...ended, ...nothing }],
  })
  return {
    options: { tracerProvider },
    told: async () => {
      await tracerProvider.forceFlush()
      const lost = counted.ended - counted.taken
      if (lost !== 0) throw new Error(`${lost} of ${counted.ended} spans were not taken.`)
    },
  }
}

/** An exporter that knows how many spans there were, and how many the collector took. */
class Counted implements SpanExporter {
  readonly #exporter: SpanExporter
  ended = 0
  taken = 0

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter
  }

  readonly export: SpanExporter['export'] = (spans, done) => {
    this.#exporter.export(spans, (result) => {
      if (result.code === 0) this.taken += spans.length
      done(result)
    })
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown()
  }
}
