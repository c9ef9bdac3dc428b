/**
 * A page on this machine that shows calls in Stately's inspector. The inspector itself is a page of stately.ai:
 * it is loaded, and told anything, only once whoever looks has said so.
 *
 * The library's own relay listens on every interface, and takes and tells everybody everything. This one
 * listens on 127.0.0.1, at a path that nobody can guess.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type RandomBytes, uuid } from '../../random.ts'
import type { Message } from './messages.ts'
import { pageHtml } from './pageHtml.ts'

/** Messages kept for a page that is opened later: those that make actors known, and all others. */
const MOST_ACTORS = 200
const MOST_OTHERS = 1_000

/** A page that has not read more than this is let go; it comes back, and is told what is kept. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

export class InspectionPage {
  readonly #path: string
  readonly #server = createServer((asked, answer) => this.#answer(asked, answer))
  readonly #readers = new Set<ServerResponse>()
  readonly #actors: string[] = []
  readonly #others: string[] = []
  #origin = ''

  private constructor(random: RandomBytes) {
    this.#path = `/${uuid(random)}`
  }

  /** Serves the page on a free port. */
  static async open(random: RandomBytes): Promise<InspectionPage> {
    const page = new InspectionPage(random)
    await new Promise<void>((resolve) => page.#server.listen(0, '127.0.0.1', resolve))
    const address = page.#server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    page.#origin = `http://127.0.0.1:${port}`
    page.#server.unref()
    return page
  }

  get url(): string {
    return `${this.#origin}${this.#path}`
  }

  readonly tell = (message: Message): void => {
    const text = `data: ${JSON.stringify(message)}\n\n`
    const [kept, most] =
      message.type === '@xstate.actor' ? [this.#actors, MOST_ACTORS] : [this.#others, MOST_OTHERS]
    kept.push(text)
    if (kept.length > most) kept.shift()
    for (const reader of this.#readers) {
      if (reader.writableLength > MOST_UNREAD_BYTES) reader.destroy()
      else reader.write(text)
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(asked: IncomingMessage, answer: ServerResponse): void {
    // Another name for this address is another site's, which has had its name changed to lead here.
    const isOurs = `http://${asked.headers.host}` === this.#origin && asked.method === 'GET'
    if (isOurs && asked.url === this.#path) {
      const { html, headers } = pageHtml()
      answer.writeHead(200, headers).end(html)
    } else if (isOurs && asked.url === `${this.#path}/messages`) this.#read(answer)
    else answer.writeHead(404).end()
  }

  #read(answer: ServerResponse): void {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    answer.write([...this.#actors, ...this.#others].join(''))
    this.#readers.add(answer)
    answer.on('close', () => this.#readers.delete(answer))
  }
}
