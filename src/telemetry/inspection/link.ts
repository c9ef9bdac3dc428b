/**
 * Messages to an inspector's WebSocket. The library's own client for Node waits with a timer that keeps a
 * process from ending, and holds whatever a slow inspector does not read; this one does neither.
 */
import type { Clock, Wake } from '../../clock.ts'
import { ConfigurationError } from '../../errors.ts'
import { isLoopback } from '../../loopback.ts'
import type { Message } from './messages.ts'

/** Messages kept while nobody is connected; the oldest go first. */
const MOST_WAITING = 200

/** What an inspector has not read beyond this is not sent to it. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

const RETRY_MS = 5_000

/** The address, when messages may go there; throws `ConfigurationError` otherwise. */
export function safeAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'wss:' || (url?.protocol === 'ws:' && isLoopback(url))) return url.href
  throw new ConfigurationError({
    code: 'inspect.unsafe',
    what: 'The inspector has neither a wss address nor a ws address of this machine.',
    fix: 'Give ws://localhost:PORT, or wss:// for another machine: what calls say would go there unprotected.',
  })
}

/** A connection that is made again while it is wanted. */
export class Link {
  readonly url: string
  readonly #clock: Clock
  readonly #waiting: string[] = []
  #socket: WebSocket | undefined
  #wake: Wake | undefined
  #isClosed = false

  constructor(address: string, clock: Clock) {
    this.url = safeAddress(address)
    this.#clock = clock
    this.#connect()
  }

  readonly tell = (message: Message): void => {
    const socket = this.#socket
    const text = JSON.stringify(message)
    if (socket?.readyState !== WebSocket.OPEN) {
      this.#waiting.push(text)
      if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
    } else if (socket.bufferedAmount < MOST_UNREAD_BYTES) {
      socket.send(text)
    }
  }

  close(): void {
    this.#isClosed = true
    if (this.#wake) this.#clock.clearTimeout(this.#wake)
    this.#socket?.close()
  }

  #connect(): void {
    const socket = new WebSocket(this.url)
    this.#socket = socket
    socket.addEventListener('open', () => {
      for (const text of this.#waiting.splice(0)) socket.send(text)
    })
    // One that could not be opened closes too.
    socket.addEventListener('close', () => {
      if (!this.#isClosed) this.#wake = this.#clock.setTimeout(() => this.#connect(), RETRY_MS)
    })
    socket.addEventListener('error', () => {})
  }
}
