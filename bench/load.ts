/** The other side of the wire, in a thread of its own: many connections, one notification a POST. */
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { bodyOf } from './bot.ts'

type Load = {
  readonly url: string
  readonly token: string
  readonly callIds: readonly string[]
  readonly connections: number
  readonly durationMs: number
}

const { url, token, callIds, connections, durationMs }: Load = workerData
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const latenciesMs: number[] = []
const endMs = performance.now() + durationMs

/** Each connection has calls of its own, so that every notification changes its call's state. */
async function run(connection: number): Promise<void> {
  const own = callIds.filter((_, index) => index % connections === connection)
  for (let round = 0; performance.now() < endMs; round++) {
    const state = round % 2 === 0 ? 'hold' : 'established'
    for (const id of own) {
      if (performance.now() >= endMs) return
      await post(bodyOf(id, state))
    }
  }
}

function post(body: string): Promise<void> {
  const startedMs = performance.now()
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const asked = request(`${url}/api/calls`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode !== 202) reject(new Error(`answered ${response.statusCode}`))
        latenciesMs.push(performance.now() - startedMs)
        resolve()
      })
    })
    asked.once('error', reject).end(body)
  })
}

await Promise.all(Array.from({ length: connections }, (_, connection) => run(connection)))
agent.destroy()
parentPort?.postMessage(latenciesMs)
