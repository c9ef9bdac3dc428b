/**
 * One keep-alive connection of the load: writes a request, waits for its whole response. By hand, because
 * the load shares two cores with what it measures and any HTTP client would cost more than the server.
 */
import { connect, type Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'

export class Connection {
  readonly #socket: Socket
  #heard = ''
  #waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#hear(text))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('The connection was closed.')))
  }

  static open(url: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => resolve(new Connection(socket)))
      socket.once('error', reject)
    })
  }

  /** Sends a request that `requestText` made; resolves to the status once the response has been read. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  /** Servers close connections that have been idle for some seconds. */
  get isOpen(): boolean {
    return this.#socket.writable
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #hear(text: string): void {
    this.#heard += text
    const status = wholeResponse(this.#heard)
    if (status === undefined) return
    this.#heard = ''
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(status)
  }
}

/** A POST of JSON, as it goes over the wire. */
export function requestOf(url: URL, token: string, body: string): Buffer {
  return Buffer.from(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** The status of a response that has arrived whole; `undefined` while it has not. */
export function wholeResponse(text: string): number | undefined {
  const end = text.indexOf(HEAD_END)
  if (end < 0) return undefined
  const head = text.slice(0, end)
  const body = text.length - end - HEAD_END.length
  const [, length] = /^content-length: *(\d+)/im.exec(head) ?? []
  const isChunked = /^transfer-encoding: *chunked/im.test(head)
  const isWhole = isChunked ? text.endsWith(`0${HEAD_END}`) : body >= Number(length ?? 0)
  return isWhole ? Number(head.slice(9, 12)) : undefined
}
