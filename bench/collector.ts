/** The other end of what is told: takes spans as an OpenTelemetry collector does, and reads pages. */
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'

const PATH = '/v1/traces'

export type Collector = {
  /** Where spans are posted. */
  readonly url: string
} & Disposable

/** Listens; reads what is posted and says 200, like a collector that has nothing else to do. */
export async function openCollector(): Promise<Collector> {
  const server = createServer((asked, answer) => {
    answer.statusCode = asked.url === PATH ? 200 : 404
    asked.resume().on('end', () => answer.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${PATH}`,
    [Symbol.dispose]: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type Reading = { readonly isOver: () => boolean }

/** Reads a page to its end, or for as long as it lasts; resolves once it has begun. */
export function read(url: string): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const asked = get(url, (answer) => {
      answer.resume().once('error', () => {})
      if (answer.statusCode === 200) resolve({ isOver: () => answer.closed })
      else reject(new Error(`${url} was answered ${answer.statusCode}.`))
    })
    asked.once('error', reject)
  })
}
