/** A method of Graph that is no call's: asked, answered, and an error where it failed. */
import type { GraphFault, Json } from '../../machines/words.ts'
import { CallchartError } from '../errors.ts'
import type { GraphRequest } from './ask.ts'
import type { GraphClient, SendOptions } from './client.ts'

export type MethodOptions = {
  /** Whose meetings and devices are spoken of, and whose token is used. */
  readonly tenantId: string
  /** Correlates several requests on Graph's side. */
  readonly scenarioId?: string
  /** Default 30 s. */
  readonly timeoutMs?: number
}

/** Thrown when Graph, or the way to it, said no; `fault` holds its code, request id and what to do. */
export class GraphRequestError extends CallchartError {
  readonly fault: GraphFault

  constructor(request: Pick<GraphRequest, 'method' | 'path'>, fault: GraphFault) {
    const path = request.path.replace(/\?.*$/s, '')
    super({
      code: 'graph.failed',
      what: `${request.method} ${path} failed (${fault.status || fault.code}): ${fault.message}`,
      fix: fault.fix,
    })
    this.fault = fault
  }
}

/** The status and body of a success; throws `GraphRequestError`. */
export async function askGraph(
  client: GraphClient,
  request: GraphRequest,
  options: MethodOptions,
): Promise<{ readonly status: number; readonly body: Json | undefined }> {
  const reply = await client.send(request, sendOptions(request, options))
  if (reply.kind === 'answered') return reply
  throw new GraphRequestError(request, reply.fault)
}

/** The body of a success, still to be read; throws `GraphRequestError`. */
export async function openGraph(
  client: GraphClient,
  request: GraphRequest,
  options: MethodOptions,
): Promise<Response> {
  const opened = await client.open(request, sendOptions(request, options))
  if (opened.kind === 'answered') return opened.response
  throw new GraphRequestError(request, opened.fault)
}

function sendOptions(request: GraphRequest, { timeoutMs = 30_000, ...rest }: MethodOptions) {
  const commandId = `${request.method} ${request.path}`
  return { ...rest, timeoutMs, commandId } satisfies SendOptions
}
