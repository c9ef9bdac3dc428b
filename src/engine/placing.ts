/** Placing a call once, however often it is asked for: its key is made of the idempotency key. */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { EffectParams } from '../../machines/effects.ts'
import type { Store } from '../../snapshots/store.ts'
import { CallchartError } from '../errors.ts'
import { type RandomBytes, uuid } from '../random.ts'
import type { Chart } from './chart.ts'
import type { Charts } from './charts.ts'
import type { StartEvent } from './group.ts'
import type { Mailboxes } from './mailboxes.ts'
import { takesNoCalls } from './unavailable.ts'

/** How a call is placed. */
export type Placing = {
  /** The id of the chart it runs on; may be left out where the bot has only one. */
  readonly chart?: string | undefined
  /**
   * A word of the caller's own for this one call: asked for again under it, the call is not placed again, for
   * as long as it is stored.
   */
  readonly idempotencyKey?: string | undefined
}

type Request = EffectParams['createCall']

export type PlacementsOptions = {
  readonly store: Store
  readonly random: RandomBytes
  readonly charts: Charts
  readonly mailboxes: Mailboxes
  /** Whether no new calls are taken. */
  readonly isClosed: () => boolean
  /** Starts a call; resolves when that is durable. */
  readonly begin: (chart: Chart, input: StartEvent['input']) => Promise<void>
}

export class Placements {
  readonly #options: PlacementsOptions

  constructor(options: PlacementsOptions) {
    this.#options = options
  }

  /** Resolves, once the call is durable, to its key. */
  async place(request: Request, { chart: chartId, idempotencyKey }: Placing): Promise<string> {
    const { random, charts, mailboxes, isClosed, begin } = this.#options
    const key = idempotencyKey === undefined ? uuid(random) : keyFor(idempotencyKey)
    if (idempotencyKey !== undefined && (await this.#isPlaced(key, request))) return key
    if (isClosed()) throw takesNoCalls()
    const chart = charts.forPlaced(chartId)
    await mailboxes.post(key, async (call) => {
      if (call) refuseOther(call.group.call.context.request, request)
      else await begin(chart, { key, direction: 'outgoing', request })
    })
    return key
  }

  /** Whether it was placed before, by what is stored: a call that ended needs no chart to say so. */
  async #isPlaced(key: string, request: Request): Promise<boolean> {
    const brief = await this.#options.store.brief(key)
    if (!brief) return false
    refuseOther(requestIn(brief.first.event), request)
    return true
  }
}

/** The key of the call placed under an idempotency key. */
function keyFor(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)
}

/** The request that a stored `call.started` began with. */
function requestIn(started: string): unknown {
  const { input }: { readonly input?: { readonly request?: unknown } } = JSON.parse(started)
  return input?.request
}

/** Throws where a call was placed with another request. */
function refuseOther(placed: unknown, request: unknown): void {
  if (isDeepStrictEqual(plain(placed), plain(request))) return
  throw new CallchartError({
    code: 'call.conflict',
    what: 'Another call was placed under this idempotency key.',
    fix: 'Use a new key for every call, and the same one only to ask for the same call again.',
  })
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
