/** One contestant under load: many connections, one notification a POST, each of them changing its call. */
import type { Told } from '../traffic.ts'
import { Connection, requestOf } from './connection.ts'
import { type Dialect, messageOf } from './dialects.ts'

export type Target = {
  readonly url: string
  readonly token: string
  readonly dialect: Dialect
  readonly callIds: readonly string[]
}

/** A call's two requests, made beforehand, and which comes next. */
type Call = { readonly requests: Readonly<Record<Told, Buffer>>; isHeld: boolean }

/** A connection has calls of its own, so that no two speak of one call at once. */
type Lane = { connection: Connection; readonly calls: readonly Call[]; next: number }

export class Load {
  readonly #url: URL
  readonly #lanes: readonly Lane[]

  private constructor(url: URL, lanes: readonly Lane[]) {
    this.#url = url
    this.#lanes = lanes
  }

  static async connect(target: Target, connections: number): Promise<Load> {
    const url = new URL(target.url)
    const opened = await Promise.all(
      Array.from({ length: connections }, () => Connection.open(url)),
    )
    const calls = target.callIds.map((id) => callOf(target, id))
    return new Load(
      url,
      opened.map((connection, place) => ({
        connection,
        calls: calls.filter((_, index) => index % connections === place),
        next: 0,
      })),
    )
  }

  /** Closed loop: every connection posts again as soon as it was answered. Resolves to latencies. */
  async burst(durationMs: number): Promise<Float64Array> {
    await this.#reconnect()
    const latenciesMs: number[] = []
    const endMs = performance.now() + durationMs
    await Promise.all(
      this.#lanes.map(async (lane) => {
        while (performance.now() < endMs) latenciesMs.push(await post(lane))
      }),
    )
    return Float64Array.from(latenciesMs)
  }

  /**
   * Open loop: so many a second, whether or not the ones before have been answered. A notification that
   * finds every connection busy waits for one, and its latency counts from when it should have gone.
   */
  async pace(perSecond: number, durationMs: number): Promise<Float64Array> {
    await this.#reconnect()
    const latenciesMs: number[] = []
    const free = [...this.#lanes]
    const waiting: number[] = []
    const startMs = performance.now()
    const all = Math.floor((perSecond * durationMs) / 1_000)
    return new Promise((resolve, reject) => {
      const send = (lane: Lane, dueMs: number): void => {
        post(lane).then(() => {
          latenciesMs.push(performance.now() - dueMs)
          if (latenciesMs.length === all) resolve(Float64Array.from(latenciesMs))
          const next = waiting.shift()
          if (next === undefined) free.push(lane)
          else send(lane, next)
        }, reject)
      }
      let sent = 0
      const timer = setInterval(() => {
        const now = performance.now()
        for (; sent < Math.min(all, ((now - startMs) * perSecond) / 1_000); sent++) {
          const lane = free.shift()
          if (lane) send(lane, now)
          else waiting.push(now)
        }
        if (sent === all) clearInterval(timer)
      }, 1)
    })
  }

  /** Opens anew what the server closed while others were measured. */
  async #reconnect(): Promise<void> {
    const closed = this.#lanes.filter(({ connection }) => !connection.isOpen)
    await Promise.all(
      closed.map(async (lane) => {
        lane.connection = await Connection.open(this.#url)
      }),
    )
  }

  close(): void {
    for (const { connection } of this.#lanes) connection.close()
  }
}

function callOf({ url, token, dialect }: Target, callId: string): Call {
  const request = (told: Told) => {
    const { path, body } = messageOf(dialect, callId, told)
    return requestOf(new URL(`${url}${path}`), token, body)
  }
  return { requests: { hold: request('hold'), established: request('established') }, isHeld: false }
}

/** Posts the lane's next notification; resolves to how long it took. */
async function post(lane: Lane): Promise<number> {
  const call = lane.calls[lane.next++ % lane.calls.length]
  if (!call) throw new Error('There are more connections than calls.')
  const startMs = performance.now()
  const told = call.isHeld ? 'established' : 'hold'
  call.isHeld = !call.isHeld
  const status = await lane.connection.send(call.requests[told])
  if (status !== 200 && status !== 202) throw new Error(`A notification was answered ${status}.`)
  return performance.now() - startMs
}
