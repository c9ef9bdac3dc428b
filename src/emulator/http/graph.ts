/** Serves the method table as Graph does: token, faults, the method, its response, the ledger. */
import type { Context } from 'hono'
import { Hono } from 'hono'
import { uuid } from '../../random.ts'
import { badRequest, GraphError } from '../errors.ts'
import type { RequestFault } from '../faults.ts'
import { methods } from '../methods/index.ts'
import type { Method, Reply } from '../methods/method.ts'
import type { Caller } from '../tokens.ts'
import { canonicalId } from '../world/identities.ts'
import type { RequestIds } from './envelope.ts'
import { errorResponse } from './envelope.ts'
import type { Env, Service } from './parts.ts'
import { afterResponse, originOf } from './parts.ts'
import { pathsOf } from './paths.ts'

export function graphRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  for (const method of methods) {
    for (const path of pathsOf(method)) {
      routes.on(method.verb, path, (c) => new Exchange(c.env.service, method, c).run())
    }
  }
  const unknown = (c: Context<Env>) => {
    const { service } = c.env
    const ids = idsOf(service, c)
    const what = `${c.req.method} ${c.req.path} is not a method this service knows.`
    const refusal = new GraphError(404, 'ResourceNotFound', what, 'See GET / for those it knows.')
    return finish(errorResponse(refusal, ids, service.world.clock), ids)
  }
  routes.all('/v1.0/*', unknown)
  routes.all('/beta/*', unknown)
  return routes
}

/** One request and how it fared. */
class Exchange {
  readonly #service: Service
  readonly #method: Method
  readonly #c: Context<Env>
  readonly #ids: RequestIds
  readonly #callId: string | undefined
  #caller: Caller | undefined
  #body: unknown
  #newCallId: string | undefined
  #tookEffect = false
  #fault: RequestFault | undefined

  constructor(service: Service, method: Method, c: Context<Env>) {
    this.#service = service
    this.#method = method
    this.#c = c
    this.#ids = idsOf(service, c)
    const callId = c.req.param('callId')
    this.#callId = callId === undefined ? undefined : canonicalId(callId)
  }

  async run(): Promise<Response> {
    const { activity } = this.#service.world
    activity.begin()
    const response = await this.#respond()
    this.#note(response.status)
    afterResponse(this.#c, () => activity.end())
    return finish(response, this.#ids)
  }

  async #respond(): Promise<Response> {
    try {
      this.#caller = await callerOf(this.#service, this.#c)
      this.#service.throttle.count(this.#caller)
      this.#body = await bodyOf(this.#c)
      const method = this.#method.name
      this.#fault = this.#service.faults.onRequest?.({ method, callId: this.#callId })
      if (this.#fault?.moment === 'before') await this.#suffer(this.#fault)
      const response = this.#serve(this.#caller)
      if (this.#fault?.moment === 'after') await this.#suffer(this.#fault)
      return response
    } catch (refusal) {
      if (refusal instanceof Cut) return cut(this.#c)
      return errorResponse(refusal, this.#ids, this.#service.world.clock)
    }
  }

  #serve(caller: Caller): Response {
    const { deliveries, world } = this.#service
    const { req } = this.#c
    const origin = originOf(this.#c)
    const serve = () =>
      this.#method.serve({
        world,
        app: world.app(caller.appId),
        caller,
        params: req.param(),
        query: req.query(),
        language: req.header('accept-language') ?? 'en',
        body: this.#body,
        origin,
        base: `${origin}/${req.path.startsWith('/beta/') ? 'beta' : 'v1.0'}`,
      })
    if (world.switches.notifyBeforeResponse) return this.#written(serve())
    const [reply, release] = deliveries.holding(serve)
    if (this.#fault?.moment === 'after') release()
    else afterResponse(this.#c, release)
    return this.#written(reply)
  }

  #written(reply: Reply): Response {
    this.#tookEffect = true
    const id = reply.body?.id
    if (this.#method.name === 'createCall' && typeof id === 'string') this.#newCallId = id
    const headers = reply.location ? { Location: reply.location } : {}
    const { file } = reply
    if (file) return new Response(file.bytes, { headers: { 'Content-Type': file.type } })
    if (!reply.body) return new Response(null, { status: reply.status, headers })
    return Response.json(reply.body, { status: reply.status, headers })
  }

  async #suffer(fault: RequestFault): Promise<void> {
    const { activity, clock } = this.#service.world
    if (fault.kind === 'slow') return activity.sleep(clock, fault.delayMs)
    if (fault.kind === 'cut') throw new Cut()
    throw new GraphError(
      fault.status,
      fault.status === 429 ? 'TooManyRequests' : 'ServiceUnavailable',
      'A fault was injected here.',
      'Try again later.',
      fault.retryAfterSeconds,
    )
  }

  #note(status: number): void {
    this.#service.world.ledger.request({
      atMs: this.#service.world.clock.now(),
      method: this.#method.name,
      verb: this.#method.verb,
      path: this.#c.req.path,
      appId: this.#caller?.appId,
      callId: this.#newCallId ?? this.#callId,
      clientContext: contextIn(this.#body),
      status: this.#fault?.kind === 'cut' && status === CUT_STATUS ? 0 : status,
      tookEffect: this.#tookEffect,
      fault: this.#fault?.kind,
    })
  }
}

/** Thrown where a fault cuts the connection. */
class Cut extends Error {}

/** What a caller without a connection to cut sees instead. */
const CUT_STATUS = 502

function cut(c: Context<Env>): Response {
  c.env.incoming?.socket.destroy()
  return new Response(null, { status: CUT_STATUS })
}

async function callerOf(service: Service, c: Context<Env>): Promise<Caller> {
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (!token) throw unauthorised('Access token is empty.')
  const caller = await service.accessTokens.read(token).catch((cause: unknown) => {
    throw unauthorised(`Access token validation failure: ${String(cause)}.`)
  })
  if (!service.world.findApp(caller.appId)) throw unauthorised('Its application is not registered.')
  return caller
}

function unauthorised(what: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', what, 'Get a token and send it again.')
}

async function bodyOf(c: Context<Env>): Promise<unknown> {
  const text = await c.req.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('The request body is not JSON.', 'Send application/json.')
  }
}

function contextIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('clientContext' in body)) return undefined
  return typeof body.clientContext === 'string' ? body.clientContext : undefined
}

function idsOf(service: Service, c: Context<Env>): RequestIds {
  const requestId = uuid(service.world.random)
  return { requestId, clientRequestId: c.req.header('client-request-id') ?? requestId }
}

function finish(response: Response, ids: RequestIds): Response {
  response.headers.set('request-id', ids.requestId)
  response.headers.set('client-request-id', ids.clientRequestId)
  return response
}
