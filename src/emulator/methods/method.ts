/** What one Graph method is: its verb and path, who may use it, what it takes and what it does. */
import type { z } from 'zod'
import { badRequest, notFound } from '../errors.ts'
import type { Resource } from '../notifications.ts'
import type { Permission } from '../permissions.ts'
import { requireAny } from '../permissions.ts'
import type { Caller } from '../tokens.ts'
import type { App } from '../world/apps.ts'
import type { Call } from '../world/call.ts'
import type { Operation } from '../world/operations.ts'
import type { World } from '../world/world.ts'

/** A request after its token was read. */
export type Asked = {
  readonly world: World
  readonly app: App
  readonly caller: Caller
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** The Accept-Language header. */
  readonly language: string
  readonly body: unknown
  /** Where this service was reached, e.g. `http://127.0.0.1:9300`. */
  readonly origin: string
  /** The same with the version asked, e.g. `http://127.0.0.1:9300/v1.0`. */
  readonly base: string
}

/** A response before it is written; no body means none is sent. */
export type Reply = {
  readonly status: number
  readonly body?: Resource
  readonly location?: string
  /** A file in place of a JSON body. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
}

/** A row of the method table. */
export type Method = {
  /** Graph's action name, or what the request does where it has none. */
  readonly name: string
  readonly verb: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/communications` and its alias `/app`, or below a person: `/me` and `/users/{id}`. */
  readonly path: string
  readonly below?: 'communications' | 'person'
  /** Whether it exists in `/beta` only. */
  readonly betaOnly?: boolean
  readonly serve: (asked: Asked) => Reply
}

type Row<Body, Run> = Omit<Method, 'serve'> & {
  /** One of these roles is needed; none when empty. */
  readonly permissions: readonly Permission[]
  /** `atCreation`: the pages say roles are not looked at again after the call was created. */
  readonly checked: 'always' | 'atCreation'
  readonly body: z.ZodType<Body>
  readonly run: Run
}

type Parsed<Body> = Omit<Asked, 'body'> & { readonly body: Body }

/** Declares a method on no call in particular. */
export function method<Body>(row: Row<Body, (asked: Parsed<Body>) => Reply>): Method {
  const serve = (asked: Asked) => {
    check(row, asked)
    return row.run(parse(row, asked))
  }
  return { ...placeOf(row), serve }
}

/** Declares a method on a call: one of the caller's own, and live. */
export function callMethod<Body>(
  row: Row<Body, (asked: Parsed<Body> & { readonly call: Call }) => Reply>,
): Method {
  const serve = (asked: Asked) => {
    check(row, asked)
    const call = ownCall(asked, asked.params.callId ?? '')
    return row.run({ ...parse(row, asked), call })
  }
  return { ...placeOf(row), serve }
}

/** The caller's live call with this id, if there is one. */
export function findOwnCall(asked: Pick<Asked, 'world' | 'app'>, id: string): Call | undefined {
  const call = asked.world.call(id)
  return call?.live && call.app.id === asked.app.id ? call : undefined
}

/** The caller's live call with this id; Graph says 404 for every other. */
function ownCall(asked: Pick<Asked, 'world' | 'app'>, id: string): Call {
  const call = findOwnCall(asked, id)
  if (call) return call
  throw notFound(`There is no call ${id}, or it has ended.`)
}

/** A response that carries an operation and says where it lies. */
export function operationReply(
  asked: Pick<Asked, 'base'>,
  call: Call,
  operation: Operation,
  status = 200,
): Reply {
  const location = `${asked.base}/communications/calls/${call.id}/operations/${operation.id}`
  return { status, location, body: operation.resource() }
}

function placeOf<Body, Run>(row: Row<Body, Run>): Omit<Method, 'serve'> {
  const { below = 'communications', betaOnly = false, name, path, verb } = row
  return { name, verb, path, below, betaOnly }
}

function check<Body, Run>(row: Row<Body, Run>, asked: Asked): void {
  const strict = asked.world.switches.strictPermissions
  if (row.checked === 'always' || strict) requireAny(asked.caller, row.permissions)
}

function parse<Body, Run>(row: Row<Body, Run>, asked: Asked): Parsed<Body> {
  const { body, ...rest } = asked
  const read = row.body.safeParse(body ?? {})
  if (read.success) return { ...rest, body: read.data }
  const wrong = read.error.issues.map((each) => `${each.path.join('.') || 'body'}: ${each.message}`)
  throw badRequest(`The request body is not valid: ${wrong.join('; ')}.`, 'Mend these fields.')
}
