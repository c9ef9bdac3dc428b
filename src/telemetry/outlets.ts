/** Everything that looks on when it is asked to: metrics, traces and the inspector, each for whoever wants it. */
import {
  createNoopMeter,
  type Meter,
  type MeterProvider,
  metrics,
  ProxyTracerProvider,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { Clock } from '../clock.ts'
import type { RandomBytes } from '../random.ts'
import { Link } from './inspection/link.ts'
import { createInspection } from './inspection/messages.ts'
import { InspectionPage } from './inspection/page.ts'
import { createMetrics, type Depths } from './metrics.ts'
import type { Observers } from './observers.ts'
import { createTracing } from './traces.ts'

export type OutletOptions = {
  readonly observers: Observers
  readonly depths: () => Promise<Depths>
  /** Where metrics are served for Prometheus; absent for nowhere. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined
  readonly meterProvider?: MeterProvider | undefined
  readonly tracerProvider?: TracerProvider | undefined
  readonly inspect?: Inspect | undefined
  readonly clock: Clock
  readonly random: RandomBytes
}

/** Whom live calls are shown to, in Stately's inspector. */
export type Inspect = {
  /** WebSocket of an inspector: `ws://localhost:…`, or `wss://…` anywhere. Absent: a page on this machine. */
  readonly address?: string
  /** Keys of the calls to show. Absent: all calls. */
  readonly calls?: readonly string[]
}

/** What is open. */
export type Outlets = {
  /** Where the metrics are, when they are served. */
  readonly metricsUrl: string | undefined
  /** Where the inspector is told of calls, or where its page is. */
  readonly inspectUrl: string | undefined
  readonly close: () => Promise<void>
}

const NAME = 'callchart'

/**
 * Opens what is asked for. OpenTelemetry's global providers are used when they
 * have been installed before this; while there is none, nobody looks.
 */
export async function openOutlets(options: OutletOptions): Promise<Outlets> {
  const { observers, depths } = options
  const closing: (() => unknown)[] = []
  const tracer = options.tracerProvider?.getTracer(NAME) ?? installedTracer()
  if (tracer) closing.push(observers.add(createTracing(tracer)))
  const meter = options.meterProvider?.getMeter(NAME) ?? installedMeter()
  if (meter) {
    const { observe, stop } = createMetrics(meter, depths)
    closing.push(observers.add(observe), stop)
  }
  const inspecting = options.inspect && (await openInspection(options, options.inspect))
  if (inspecting) closing.push(inspecting.close)
  let metricsUrl: string | undefined
  if (options.metrics) {
    // Loaded for those who want it only: it is more code than the engine.
    const { servePrometheus } = await import('./prometheus.ts')
    const page = await servePrometheus({ ...options.metrics, observers, depths })
    metricsUrl = page.url
    closing.push(page.close)
  }
  return {
    metricsUrl,
    inspectUrl: inspecting?.url,
    close: async () => {
      for (const close of closing.splice(0)) await close()
    },
  }
}

async function openInspection(
  { observers, clock, random }: OutletOptions,
  { address, calls }: Inspect,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const way = address === undefined ? await InspectionPage.open(random) : new Link(address, clock)
  const stop = observers.add(createInspection(way.tell, calls))
  return {
    url: way.url,
    close: async () => {
      stop()
      await way.close()
    },
  }
}

function installedTracer(): Tracer | undefined {
  const provider = trace.getTracerProvider()
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer(NAME)
    : provider.getTracer(NAME)
}

function installedMeter(): Meter | undefined {
  const meter = metrics.getMeter(NAME)
  return meter === createNoopMeter() ? undefined : meter
}
