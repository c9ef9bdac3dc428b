/** A page of metrics for Prometheus, on a listener of its own. */
import { createServer, type Server } from 'node:http'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { MeterProvider, type MetricReader } from '@opentelemetry/sdk-metrics'
import { CallchartError } from '../errors.ts'
import { createMetrics, type Depths } from './metrics.ts'
import type { Observers } from './observers.ts'

export type PrometheusOptions = {
  /** The interface to listen on, e.g. `127.0.0.1`. */
  readonly host: string
  /** 0 asks for any free port. */
  readonly port: number
  readonly observers: Observers
  readonly depths: () => Promise<Depths>
}

/** The page while it is served. */
export type PrometheusPage = { readonly url: string; readonly close: () => Promise<void> }

/** Serves `GET /metrics`; throws `CallchartError` when the port cannot be listened on. */
export async function servePrometheus(options: PrometheusOptions): Promise<PrometheusPage> {
  const reader = new PrometheusExporter({ preventServerStart: true })
  const provider = new MeterProvider({ readers: [reader] })
  const server = createServer((asked, answer) => {
    if (asked.method === 'GET' && asked.url?.split('?')[0] === '/metrics') {
      void pageOf(reader).then((page) => {
        answer.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
        answer.end(page)
      })
    } else answer.writeHead(404).end()
  })
  const port = await listen(server, options)
  const { observe, stop } = createMetrics(provider.getMeter('callchart'), options.depths)
  const stopLooking = options.observers.add(observe)
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/metrics`,
    close: async () => {
      stopLooking()
      stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await provider.shutdown()
    },
  }
}

/** Everything measured, as Prometheus reads it; what could not be asked for is left out. */
async function pageOf(reader: MetricReader): Promise<string> {
  const { resourceMetrics } = await reader.collect()
  return new PrometheusSerializer('', false, undefined, true, true).serialize(resourceMetrics)
}

function listen(server: Server, { host, port }: PrometheusOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CallchartError({
          code: 'metrics.listen',
          what: `The metrics cannot be served on ${host}, port ${port}.`,
          fix: 'Set CALLCHART_METRICS_PORT to a free port, and CALLCHART_METRICS_HOST to an interface of this machine.',
          cause,
        }),
      ),
    )
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
