/** The other side of an overloaded wire, in a thread of its own: more at once than is let in, each sent until it is taken. */
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { bodyOf } from '../../bench/bot.ts'

/** What is sent: one ringing call a notification. */
export type Flood = {
  readonly url: string
  readonly token: string
  readonly calls: number
  readonly connections: number
}

/** How often each HTTP status was answered, and how often a 503 did not say when to come again. */
export type Flooded = {
  readonly taken: number
  readonly refused: number
  readonly without: number
}

const { url, token, calls, connections }: Flood = workerData
const seen = { taken: 0, refused: 0, without: 0 }
let next = 0

async function run(): Promise<void> {
  while (next < calls) await insist(`f1000d00-0000-4000-8000-${String(next++).padStart(12, '0')}`)
}

async function insist(callId: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/api/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: bodyOf(callId, 'incoming'),
    })
    await response.arrayBuffer()
    if (response.status === 202) {
      seen.taken += 1
      return
    }
    if (response.status !== 503) throw new Error(`answered ${response.status}`)
    seen.refused += 1
    const seconds = Number(response.headers.get('retry-after'))
    if (!seconds) seen.without += 1
    await setTimeout(seconds * 1_000)
  }
}

await Promise.all(Array.from({ length: connections }, run))
parentPort?.postMessage(seen)
