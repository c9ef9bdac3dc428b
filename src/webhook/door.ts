/** The port that Graph knocks at. Who stands behind it may change while it is open. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { type Clock, pause } from '../clock.ts'
import { CallchartError } from '../errors.ts'

/** Where to listen; port 0 for any free one. */
export type Place = { readonly port: number; readonly host?: string | undefined }

/** How often a port that is taken is tried again. */
const TRY_EVERY_MS = 10

/** Connections that are still busy this long after the door was closed are cut: a page may listen for ever. */
const CLOSING_MS = 1_000

export class Door {
  readonly #server: Server
  readonly #clock: Clock
  #behind: RequestListener
  #underWay = 0
  #answered: (() => void) | undefined

  private constructor(server: Server, behind: RequestListener, clock: Clock) {
    this.#server = server
    this.#behind = behind
    this.#clock = clock
    server.on('request', (incoming, outgoing) => {
      this.#underWay += 1
      outgoing.once('close', () => this.#left())
      this.#behind(incoming, outgoing)
    })
  }

  /** Opens the door; throws `listen.failed` where the port is taken. */
  static async open(place: Place, behind: RequestListener, clock: Clock): Promise<Door> {
    const server = createServer()
    // Before it listens, so that nobody knocks unheard.
    const door = new Door(server, behind, clock)
    await listen(server, place)
    return door
  }

  /** Opens the door as soon as the port is free; resolves to nothing when `signal` says that nobody wants it. */
  static async openWhenFree(
    place: Place,
    behind: RequestListener,
    clock: Clock,
    signal: AbortSignal,
  ): Promise<Door | undefined> {
    while (!signal.aborted) {
      try {
        return await Door.open(place, behind, clock)
      } catch (error) {
        if (!isTaken(error)) throw error
        await pause(clock, TRY_EVERY_MS)
      }
    }
    return undefined
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Whoever knocks from now on meets this one. */
  leadTo(behind: RequestListener): void {
    this.#behind = behind
  }

  /** Resolves when nobody who knocked waits for an answer any more, or after `limitMs`. */
  async answered(limitMs: number): Promise<void> {
    if (this.#underWay === 0) return
    await new Promise<void>((resolve) => {
      const wake = this.#clock.setTimeout(resolve, limitMs)
      this.#answered = () => {
        this.#clock.clearTimeout(wake)
        resolve()
      }
    })
  }

  /** Lets go of the port. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const cut = this.#clock.setTimeout(() => this.#server.closeAllConnections(), CLOSING_MS)
      this.#server.close(() => {
        this.#clock.clearTimeout(cut)
        resolve()
      })
      this.#server.closeIdleConnections()
    })
  }

  /** Lets go of the port as a process does that dies: nobody is answered any more. */
  cut(): Promise<void> {
    const closed = this.close()
    this.#server.closeAllConnections()
    return closed
  }

  #left(): void {
    this.#underWay -= 1
    if (this.#underWay === 0) this.#answered?.()
  }
}

function listen(server: Server, { port, host }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CallchartError({
          code: 'listen.failed',
          what: `Port ${port} cannot be listened on.`,
          fix: 'Set PORT to a free port, or stop what holds it.',
          cause,
        }),
      ),
    )
    server.listen(port, host, resolve)
  })
}

function isTaken(error: unknown): boolean {
  const cause = error instanceof CallchartError ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}
