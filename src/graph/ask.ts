/** What every request is made of: its method, its path below one call, its body. */
import type { EffectName } from '../../machines/effects.ts'
import { EffectError } from './effectError.ts'
import { pathId } from './ids.ts'
import { type JsonObject, present } from './json.ts'

/** A request to Graph, its path below the version, e.g. `/communications/calls`. */
export type GraphRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: JsonObject
  /** Default: v1.0. */
  readonly version?: 'beta'
  readonly headers?: { readonly [name: string]: string }
}

/** The call an effect is about. */
export type CallRef = {
  /** Our own key of the call, the last segment of its `callbackUri`. */
  readonly key: string
  /** Graph's id; absent until the request that creates the call is answered. */
  readonly graphId?: string | undefined
  readonly callbackUri: string
  readonly tenantId?: string | undefined
}

export type RequestOptions = {
  /** Becomes `clientContext` where the method has one. */
  readonly commandId: string
  /** Where Graph fetches prompts that a chart names by file name. */
  readonly promptsUrl: string
  /** Allows the effects that only Graph's beta knows. Default false. */
  readonly beta?: boolean
}

/** One effect of one call on its way to becoming a request. */
export class Ask {
  readonly effect: EffectName
  readonly call: CallRef
  readonly promptsUrl: string
  readonly #clientContext: string

  constructor(effect: EffectName, call: CallRef, options: RequestOptions) {
    this.effect = effect
    this.call = call
    this.promptsUrl = options.promptsUrl
    this.#clientContext = options.commandId
  }

  /** Our command id, which Graph gives back; throws `EffectError` beyond Graph's 256 characters. */
  get clientContext(): string {
    if (this.#clientContext.length <= 256) return this.#clientContext
    throw new EffectError(this.effect, 'clientContext', 'must be at most 256 characters')
  }

  request(method: GraphRequest['method'], tail = '', body?: JsonObject): GraphRequest {
    const id = pathId(this.call.graphId ?? '')
    if (id === undefined)
      throw new EffectError(this.effect, 'id', `call "${this.call.key}" has no Graph id yet`)
    const path = `/communications/calls/${id}${tail}`
    return body ? { method, path, body: present(body) } : { method, path }
  }

  get(tail = ''): GraphRequest {
    return this.request('GET', tail)
  }

  post(tail: string, body?: JsonObject): GraphRequest {
    return this.request('POST', tail, body)
  }

  /** POST of an operation, which carries our command id as `clientContext`. */
  operate(tail: string, body: JsonObject = {}): GraphRequest {
    return this.post(tail, { ...body, clientContext: this.clientContext })
  }
}
