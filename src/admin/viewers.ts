/**
 * Viewers: streams of server-sent events whose next event is made only once the viewer has taken the last. So
 * a slow viewer costs no memory and no turn: what it could not take is told later as it then stands.
 */
import type { Clock, Wake } from '../clock.ts'
import { Refusal } from './answers.ts'
import type { Told } from './protocol.ts'

/** Open streams at most. */
const MOST_VIEWERS = 50

/** A silent stream says that it is there. */
const SILENCE_MS = 15_000

/** One event of a stream. */
export type Said = { readonly event: string; readonly id?: string; readonly body: object }

/** What a stream tells: asked for the next event whenever the viewer is ready for one. */
export interface Source {
  /** Whether there is anything to say. */
  readonly isReady: boolean
  /** What there is to say, or nothing after all. */
  take(): Promise<Said | undefined>
  /** Called whenever `isReady` may have become true. */
  watch(ready: () => void): void
  close(): void
}

export class Viewers {
  readonly #clock: Clock
  readonly #ends = new Set<() => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#ends.size
  }

  /** Throws 503 when there are too many already. */
  refuseMore(): void {
    if (this.size >= MOST_VIEWERS) throw new Refusal(503, tooMany)
  }

  /** A response that goes on until the viewer leaves or `close` is called. */
  show(source: Source): Response {
    this.refuseMore()
    const clock = this.#clock
    const encoder = new TextEncoder()
    let isOver = false
    let wake: Wake | undefined
    let go = () => {}
    const end = () => {
      isOver = true
      this.#ends.delete(end)
      source.close()
      go()
    }
    this.#ends.add(end)
    source.watch(() => go())

    /** Resolves when there is something to say, when the silence was long, or when it is over. */
    const ready = () =>
      new Promise<void>((resolve) => {
        wake = clock.setTimeout(resolve, SILENCE_MS)
        go = resolve
        if (source.isReady || isOver) resolve()
      }).finally(() => {
        if (wake) clock.clearTimeout(wake)
      })

    /** The store may be closed while it is asked: whoever then looks is let go, which is no error. */
    const taken = () =>
      source.take().catch((error: unknown) => {
        if (!isOver) throw error
        return undefined
      })

    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          let text = ''
          while (text === '' && !isOver) {
            await ready()
            if (isOver) break
            text = source.isReady ? textOf(await taken()) : ': still here\n\n'
          }
          if (text !== '' && !isOver) controller.enqueue(encoder.encode(text))
          else controller.close()
        },
        cancel: end,
      },
      { highWaterMark: 1 },
    )
    return new Response(stream, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
    })
  }

  close(): void {
    for (const end of [...this.#ends]) end()
  }
}

function textOf(said: Said | undefined): string {
  if (!said) return ''
  const id = said.id === undefined ? '' : `id: ${said.id}\n`
  return `event: ${said.event}\n${id}data: ${JSON.stringify(said.body)}\n\n`
}

const tooMany: Told = {
  code: 'admin.tooManyViewers',
  what: `${MOST_VIEWERS} streams are open already.`,
  fix: 'Close a console that nobody looks at, and try again.',
}
