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
import type { GraphRequest } from './ask.ts'
import { within } from './body.ts'
import { ownFault } from './faults.ts'
import { wholeOf } from './pages.ts'
import { type Failure, failureOf, type Reply, reasonOf, refusalOf, replyOf } from './reply.ts'
import type { Token, Tokens } from './token.ts'

export type SendOptions = {
  /** Id of the command that is sent, for what is said about its failure. */
  readonly commandId: string
  /** Correlates everything of one call, on Graph's side too. */
  readonly scenarioId?: string
  readonly tenantId: string
  readonly timeoutMs: number
}

export type GraphClient = {
  /**
   * Sends one request, a second time only with a new token after a 401, and asks for the further pages of
   * a collection; never rejects.
   */
  readonly send: (request: GraphRequest, options: SendOptions) => Promise<Reply>
  /** The same for bytes too many to hold: the answer's body is not read yet. */
  readonly open: (request: GraphRequest, options: SendOptions) => Promise<Opened>
}

/** A request that Graph answered well, its body still to be read, or one that failed. */
export type Opened = { readonly kind: 'answered'; readonly response: Response } | Failure

export type GraphClientOptions = {
  /** E.g. `https://graph.microsoft.com`. */
  readonly graphUrl: string
  readonly tokens: Tokens
  readonly clock: Clock
  readonly random: RandomBytes
  readonly fetch?: typeof fetch | undefined
}

/** A client of Graph v1.0 without retries of its own: whether to repeat is the dispatcher's to decide. */
export function createGraphClient({
  graphUrl,
  tokens,
  clock,
  random,
  fetch = globalThis.fetch,
}: GraphClientOptions): GraphClient {
  const client = Client.initWithMiddleware({
    baseUrl: safeUrl(graphUrl, 'graphUrl').href,
    defaultVersion: 'v1.0',
    middleware: transport(fetch),
  })

  async function exchange<Fate extends Opened | Reply>(
    request: GraphRequest,
    options: SendOptions,
    fateOf: (response: Response) => Promise<Fate>,
  ): Promise<Fate | Failure> {
    let token: Token
    try {
      token = await tokens.get(options.tenantId)
    } catch (error) {
      const message = `No token for tenant ${options.tenantId}: ${reasonOf(error)}`
      return { kind: 'notSent', fault: ownFault('noToken', message) }
    }
    try {
      return await within(clock, options.timeoutMs, async (signal) => {
        const asked = client
          .api(request.path)
          .version(request.version ?? 'v1.0')
          .responseType(ResponseType.RAW)
          .options({ signal, redirect: 'manual' })
          .headers({
            ...request.headers,
            Authorization: `Bearer ${token.token}`,
            'Client-Request-Id': uuid(random),
            ...(options.scenarioId !== undefined && { 'Scenario-Id': options.scenarioId }),
          })
        return fateOf(await ask(asked, request))
      })
    } catch (error) {
      return failureOf(error, options.commandId)
    }
  }

  async function twice<Fate extends Opened | Reply>(
    request: GraphRequest,
    options: SendOptions,
    fateOf: (response: Response) => Promise<Fate>,
  ): Promise<Fate | Failure> {
    const fate = await exchange(request, options, fateOf)
    if (fate.kind !== 'refused' || fate.fault.status !== 401) return fate
    // Refused for its token, so surely not done: the cached one may just have been revoked.
    tokens.forget(options.tenantId)
    return exchange(request, options, fateOf)
  }

  const read = (response: Response) => replyOf(response, clock.now())
  const opened = async (response: Response): Promise<Opened> => {
    return response.ok ? { kind: 'answered', response } : refusalOf(response, clock.now())
  }
  return {
    send: (request, options) => wholeOf(request, (page) => twice(page, options, read)),
    open: (request, options) => twice(request, options, opened),
  }
}

/** The only step between Microsoft's client and the network; keeps the cause of a failure. */
function transport(fetcher: typeof fetch): Middleware {
  return {
    async execute(context) {
      try {
        context.response = await fetcher(context.request, context.options)
      } catch (cause) {
        throw Object.assign(new GraphClientError('The exchange failed'), { cause })
      }
    },
  }
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
