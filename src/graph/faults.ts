/** What Graph says no with, and what to do about it. */
import type { GraphFault, Json } from '../../machines/words.ts'
import { isObject, type JsonObject } from './json.ts'

/** By Graph's own code: what those who met it had to mend. */
const FIX_BY_CODE: ReadonlyMap<string, string> = new Map([
  [
    '7503',
    'Register the app as a calling bot: enable calling and set its webhook on the Teams channel of its Azure Bot.',
  ],
  [
    '7504',
    "Have an administrator of the call's tenant consent to the app's Calls.* application permissions, then take a new token.",
  ],
  ['7505', "Use a token of the call's own tenant and name that tenant in the call's tenantId."],
  [
    '7507',
    'Give the call a source that is the app itself, or an application instance linked to it for phone numbers.',
  ],
])

const FIX_BY_STATUS: ReadonlyMap<number, string> = new Map([
  [
    400,
    "Compare the effect's parameters with Graph's page for it; Graph's message names the field.",
  ],
  [401, 'Check the app id and its secret or certificate; the token was not accepted.'],
  [
    403,
    'Grant the application permission the method needs and have an administrator consent to it.',
  ],
  [404, 'The call, participant or operation has ended or was never there; treat it as gone.'],
  [409, "Wait for the call's next state: it is not in one that allows this."],
  [412, 'Read the call again: it changed in the meantime.'],
  [413, 'Send less in one request.'],
  [429, 'Send fewer requests; wait as long as Retry-After says.'],
  [503, 'Wait as long as Retry-After says; the service is busy.'],
])

/** Faults of the way to Graph, by our own code. */
const OURS = {
  noToken:
    'Check CALLCHART_APP_ID, its secret or certificate, the tenant, and that the login can be reached.',
  notConnected: 'Check the network, DNS and CALLCHART_GRAPH_URL; nothing was sent.',
  timedOut: 'Look whether Graph did it before asking again.',
  cutOff: 'Look whether Graph did it before asking again.',
  unreadable: 'Look whether Graph did it before asking again; its answer could not be read.',
} as const

/** A fault that arose before or instead of an answer from Graph. */
export function ownFault(code: keyof typeof OURS, message: string): GraphFault {
  return { status: 0, code, message, fix: OURS[code] }
}

/** The fault in an answer of Graph; reads both of the shapes its errors have. */
export function faultOf(status: number, body: Json | undefined, requestId?: string): GraphFault {
  const error = errorIn(body)
  const code = textIn(error, ['code', 'errorCode']) ?? String(status)
  const subcode = textIn(error, ['subcode', 'subCode'])
  const id = requestId ?? textIn(innerOf(error), ['request-id', 'requestId'])
  return {
    status,
    code,
    message: textIn(error, ['message']) ?? `Graph answered ${status}.`,
    fix: FIX_BY_CODE.get(code) ?? FIX_BY_STATUS.get(status) ?? fixOfClass(status),
    ...(subcode === undefined ? {} : { subcode }),
    ...(id === undefined ? {} : { requestId: id }),
  }
}

function fixOfClass(status: number): string {
  return status >= 500
    ? 'Look whether Graph did it before asking again; the service failed.'
    : "Compare the request with Graph's page for the method."
}

/** Graph's `error` object; the calling service hides its own one, as text, in the message. */
function errorIn(body: Json | undefined): JsonObject {
  if (!isObject(body)) return {}
  const error = isObject(body.error) ? body.error : body
  const hidden = typeof error.message === 'string' ? objectIn(error.message) : undefined
  return hidden && 'errorCode' in hidden ? { ...error, ...hidden, code: hidden.errorCode } : error
}

function objectIn(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const value: Json = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function innerOf(error: JsonObject): JsonObject {
  const inner = error.innerError ?? error.innererror
  return isObject(inner) ? inner : {}
}

function textIn(object: JsonObject, members: readonly string[]): string | undefined {
  const values = members.map((member) => object[member])
  const found = values.find((value) => typeof value === 'string' || typeof value === 'number')
  return found === undefined ? undefined : String(found)
}
