/** Sending one request to Graph: with the tenant's token, once, in limited time. */
import {
  type GraphRequest as AskedRequest,
  Client,
  GraphClientError,
  type Middleware,
  ResponseType,
} from '@microsoft/microsoft-graph-client'
import type { Json } from '../../machines/words.ts'
import type { Clock } from '../clock.ts'
import { safeUrl } from '../loopback.ts'
import { type RandomBytes, uuid } from '../random.ts'
import { within } from './body.ts'
import { ownFault } from './faults.ts'
import { failureOf, type Reply, reasonOf, replyOf } from './reply.ts'
import type { GraphRequest } from './requests.ts'
import type { Token, Tokens } from './token.ts'

export type SendOptions = {
  /** Id of the command that is sent, for what is said about its failure. */
  readonly commandId: string
  /** Correlates everything of one call, on Graph's side too. */
  readonly scenarioId: string
  readonly tenantId: string
  readonly timeoutMs: number
}

export type GraphClient = {
  /** Sends one request, a second time only with a new token after a 401; never rejects. */
  readonly send: (request: GraphRequest, options: SendOptions) => Promise<Reply>
}

export type GraphClientOptions = {
  /** E.g. `https://graph.microsoft.com`. */
  readonly graphUrl: string
  readonly tokens: Tokens
  readonly clock: Clock
  readonly random: RandomBytes
}

/** A client of Graph v1.0 without retries of its own: whether to repeat is the dispatcher's to decide. */
export function createGraphClient({
  graphUrl,
  tokens,
  clock,
  random,
}: GraphClientOptions): GraphClient {
  const client = Client.initWithMiddleware({
    baseUrl: safeUrl(graphUrl, 'graphUrl').href,
    defaultVersion: 'v1.0',
    middleware: transport,
  })

  async function exchange(request: GraphRequest, options: SendOptions): Promise<Reply> {
    let token: Token
    try {
      token = await tokens.get(options.tenantId)
    } catch (error) {
      return { kind: 'notSent', fault: ownFault('noToken', reasonOf(error)) }
    }
    try {
      return await within(clock, options.timeoutMs, async (signal) => {
        const asked = client
          .api(request.path)
          .responseType(ResponseType.RAW)
          .options({ signal, redirect: 'manual' })
          .headers({
            Authorization: `Bearer ${token.token}`,
            'Client-Request-Id': uuid(random),
            'Scenario-Id': options.scenarioId,
          })
        return replyOf(await ask(asked, request), clock.now())
      })
    } catch (error) {
      return failureOf(error, options.commandId)
    }
  }

  async function send(request: GraphRequest, options: SendOptions): Promise<Reply> {
    const reply = await exchange(request, options)
    if (reply.kind !== 'refused' || reply.fault.status !== 401) return reply
    // Refused for its token, so surely not done: the cached one may just have been revoked.
    tokens.forget(options.tenantId)
    return exchange(request, options)
  }
  return { send }
}

/** The only step between Microsoft's client and the network; keeps the cause of a failure. */
const transport: Middleware = {
  async execute(context) {
    try {
      context.response = await fetch(context.request, context.options)
    } catch (cause) {
      throw Object.assign(new GraphClientError('The exchange failed'), { cause })
    }
  },
}

async function ask(asked: AskedRequest, { method, body }: GraphRequest): Promise<Response> {
  const response: unknown = await calling(asked, method, body)
  if (!(response instanceof Response)) throw new Error('The Graph client gave no raw response.')
  return response
}

function calling(asked: AskedRequest, method: GraphRequest['method'], body: Json | undefined) {
  switch (method) {
    case 'GET':
      return asked.get()
    case 'DELETE':
      return asked.delete()
    case 'PATCH':
      return asked.patch(body)
    case 'POST':
      return asked.post(body)
  }
}
