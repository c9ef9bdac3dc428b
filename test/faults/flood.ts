/** The other side of an overloaded wire: news of many calls in every post, as fast as taken or at a rate. */
import { Agent, type IncomingMessage, request } from 'node:http'

/** Calls that a post tells of. */
const CALLS_A_POST = 4

/** Many more than the engine lets in, and fewer than the 511 that a kernel lets wait to be accepted. */
const SOCKETS = 400

/** What became of the posts: the news of those that were taken, and how often each thing was answered. */
export type Tally = {
  readonly taken: News[]
  readonly statuses: Map<number, number>
  /** 503 that did not say when to come again. */
  hasNoRetryAfter: number
}

/** A call was given a subject that no other news gives. */
export type News = { readonly callId: string; readonly subject: string }

export class Flood {
  readonly #url: string
  readonly #token: string
  readonly #calls: readonly string[]
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  #told = 0

  constructor(url: string, token: string, calls: number) {
    this.#url = url
    this.#token = token
    this.#calls = Array.from({ length: calls }, (_, index) => idOf(index))
  }

  /** Every call rings and is connected. */
  async connect(): Promise<void> {
    const tally = emptyTally()
    for (const state of ['incoming', 'established']) {
      const resource = { state, direction: 'incoming' }
      const told = this.#calls.map((callId) => ({ callId, resource }))
      await this.#post(told, [], tally)
    }
    if (tally.statuses.get(202) !== 2) throw new Error('The calls were not taken.')
  }

  /** So many connections, each of which waits for its answer before it posts again. */
  async asTaken(connections: number, durationMs: number): Promise<Tally> {
    const tally = emptyTally()
    const endMs = performance.now() + durationMs
    const post = async () => {
      while (performance.now() < endMs) await this.#postNews(tally)
    }
    await Promise.all(Array.from({ length: connections }, post))
    return tally
  }

  /**
   * Twice so much news a second, whether it is answered or not, and twice what is taken meanwhile, where
   * that is more: what can be taken changes with what else the machine does. Resolves when all is answered.
   */
  async exceeding(newsPerSecond: number, durationMs: number): Promise<Tally> {
    const tally = emptyTally()
    const pending: Promise<void>[] = []
    const startMs = performance.now()
    for (let passedMs = 0; passedMs < durationMs; passedMs = performance.now() - startMs) {
      const news = 2 * Math.max((newsPerSecond * passedMs) / 1_000, tally.taken.length)
      while (pending.length < news / CALLS_A_POST) pending.push(this.#postNews(tally))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all(pending)
    return tally
  }

  /** One post, and nothing else. */
  async once(): Promise<Tally> {
    const tally = emptyTally()
    await this.#postNews(tally)
    return tally
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #postNews(tally: Tally): Promise<void> {
    const news = Array.from({ length: CALLS_A_POST }, () => this.#news())
    const told = news.map(({ callId, subject }) => ({ callId, resource: { subject } }))
    return this.#post(told, news, tally)
  }

  #news(): News {
    const number = this.#told++
    const callId = this.#calls[number % this.#calls.length] ?? ''
    return { callId, subject: `news ${number}` }
  }

  async #post(told: readonly Told[], news: readonly News[], tally: Tally): Promise<void> {
    const { statusCode = 0, headers } = await this.#send(
      JSON.stringify({ value: told.map(bodyOf) }),
    )
    tally.statuses.set(statusCode, (tally.statuses.get(statusCode) ?? 0) + 1)
    if (statusCode === 202) tally.taken.push(...news)
    if (statusCode === 503 && !Number(headers['retry-after'])) tally.hasNoRetryAfter += 1
  }

  #send(body: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }
      const options = { method: 'POST', agent: this.#agent, headers }
      request(`${this.#url}/api/calls`, options, (response) => {
        response
          .resume()
          .once('end', () => resolve(response))
          .once('error', reject)
      })
        .once('error', reject)
        .end(body)
    })
  }
}

type Told = { readonly callId: string; readonly resource: object }

function bodyOf({ callId, resource }: Told) {
  return {
    '@odata.type': '#microsoft.graph.commsNotification',
    changeType: 'updated',
    resourceUrl: `/communications/calls/${callId}`,
    resourceData: { '@odata.type': '#microsoft.graph.call', ...resource },
  }
}

function emptyTally(): Tally {
  return { taken: [], statuses: new Map(), hasNoRetryAfter: 0 }
}

function idOf(index: number): string {
  return `f1000d00-0000-4000-8000-${String(index).padStart(12, '0')}`
}
