/** The simulated network: requests and responses as events on the clock, never two at the same moment. */
import type { SimulatedClock } from '../../clock.ts'
import type { RandomBytes } from '../../random.ts'
import type { CountedFault, Fault, Mishaps } from './faults.ts'

/** What answers at a host; `text` is the request's body, for whoever listens in. */
export type Host = (request: Request, text: string) => Promise<Response>

/** Which way an exchange goes: a bot asks Graph, or Graph delivers to a bot. */
export type Way = 'request' | 'delivery'

type Packet = {
  /** Orders packets sent in the same moment, whichever of them the thread pool finished first. */
  readonly label: string
  readonly faults: readonly CountedFault[]
  readonly arrive: (fault: Fault | undefined) => void
}

const LONGEST_LATENCY_MS = 40

const FAULTS: { readonly [Each in Way]: readonly CountedFault[] } = {
  request: ['cutBefore', 'cutAfter', 'loseRequest', 'loseResponse', 'slow'],
  delivery: ['cutDelivery', 'cutAcknowledgement', 'slowDelivery'],
}

export type NetworkParts = {
  readonly clock: SimulatedClock
  readonly random: RandomBytes
  readonly mishaps: Mishaps
}

export class SimulatedNetwork {
  readonly #parts: NetworkParts
  readonly #hosts = new Map<string, Host>()
  readonly #taken = new Set<number>()
  #leaving: Packet[] = []

  constructor(parts: NetworkParts) {
    this.#parts = parts
  }

  /** Lets `host` be answered by `serve`; without one, connections to it are refused. */
  attach(host: string, serve: Host | undefined): void {
    if (serve) this.#hosts.set(host, serve)
    else this.#hosts.delete(host)
  }

  /** `fetch` for one end of the network. */
  from(way: Way): typeof fetch {
    return async (input, init = {}) => {
      // A signal copied into a request would be collected with it while nobody holds the request.
      const { signal, ...asked } = init
      const request = new Request(input, asked)
      const text = typeof init.body === 'string' ? init.body : await request.clone().text()
      // As it is on the wire: who need not count the body need not read it twice.
      if (text !== '') request.headers.set('content-length', String(Buffer.byteLength(text)))
      return this.#exchange(way, request, text, signal ?? request.signal)
    }
  }

  /** Whether anything is under way. */
  get busy(): boolean {
    return this.#taken.size > 0
  }

  /** Sends off what was handed over since: to be called when all is quiet. */
  depart(): void {
    const leaving = this.#leaving.sort((one, other) => compare(one.label, other.label))
    this.#leaving = []
    for (const { faults, arrive } of leaving) {
      const fault = this.#parts.mishaps.strike(...faults)
      if (fault?.kind !== 'loseRequest') this.#schedule(() => arrive(fault), slownessOf(fault))
    }
  }

  async #exchange(
    way: Way,
    request: Request,
    text: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const label = `${request.method} ${request.url} ${text}`
    const fault = await this.#travel(signal, label, FAULTS[way])
    if (fault?.kind === 'cutBefore' || fault?.kind === 'cutDelivery') throw failed('ECONNRESET')
    const response = await this.#serve(request, text)
    const bytes = await response.arrayBuffer()
    if (fault?.kind === 'cutAfter' || fault?.kind === 'cutAcknowledgement') {
      await this.#travel(signal, label, [])
      throw failed('ECONNRESET')
    }
    if (fault?.kind === 'loseResponse') await never(signal)
    await this.#travel(signal, label, [])
    const { status, headers } = response
    return new Response(bytes.byteLength > 0 ? bytes : null, { status, headers })
  }

  #serve(request: Request, text: string): Promise<Response> {
    const host = this.#hosts.get(new URL(request.url).host)
    if (!host) throw failed('ECONNREFUSED')
    return host(request, text)
  }

  /** Resolves on arrival, to what goes wrong with the exchange; rejects when it is aborted before. */
  #travel(
    signal: AbortSignal,
    label: string,
    faults: readonly CountedFault[],
  ): Promise<Fault | undefined> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      this.#leaving.push({ label, faults, arrive: resolve })
    })
  }

  #schedule(arrive: () => void, slownessMs: number): void {
    const { clock, random } = this.#parts
    const [byte = 0] = random(new Uint8Array(1))
    let atMs = clock.now() + 1 + Math.floor((byte / 256) * LONGEST_LATENCY_MS) + slownessMs
    while (this.#taken.has(atMs)) atMs += 1
    this.#taken.add(atMs)
    clock.setTimeout(() => {
      this.#taken.delete(atMs)
      arrive()
    }, atMs - clock.now())
  }
}

function slownessOf(fault: Fault | undefined): number {
  return fault?.kind === 'slow' || fault?.kind === 'slowDelivery' ? fault.forMs : 0
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** What Node's own fetch rejects with. */
export function failed(code: string): TypeError {
  const cause = Object.assign(new Error(`The connection failed: ${code}.`), { code })
  return new TypeError('fetch failed', { cause })
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
