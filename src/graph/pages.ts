/** Collections that Graph answers in pages: half a list must never pass for the whole. */
import type { Json } from '../../machines/words.ts'
import type { GraphRequest } from './ask.ts'
import { ownFault } from './faults.ts'
import { isObject, type JsonObject } from './json.ts'
import type { Reply } from './reply.ts'

/** Pages that are followed; a list with more is as unreadable as one whose link leads elsewhere. */
const MOST_PAGES = 100

/** The reply with all pages in its `value`, or that of the first page which could not be had. */
export async function wholeOf(
  request: GraphRequest,
  send: (request: GraphRequest) => Promise<Reply>,
): Promise<Reply> {
  const first = await send(request)
  if (request.method !== 'GET' || first.kind !== 'answered' || linkIn(first.body) === undefined)
    return first
  const value = entriesIn(first.body)
  let link = linkIn(first.body)
  for (let page = 1; link !== undefined; page++) {
    const path = pathIn(link, request.path)
    if (path === undefined || page >= MOST_PAGES) return unreadable(request)
    const next = await send({ ...request, path })
    if (next.kind !== 'answered') return next
    value.push(...entriesIn(next.body))
    link = linkIn(next.body)
  }
  return { ...first, body: { value } }
}

function linkIn(body: Json | undefined): Json | undefined {
  return isObject(body) ? body['@odata.nextLink'] : undefined
}

function entriesIn(body: Json | undefined): JsonObject[] {
  return isObject(body) && Array.isArray(body.value) ? body.value.filter(isObject) : []
}

/** The link's path, if it leads to the same collection; its host is never asked. */
function pathIn(link: Json, collection: string): string | undefined {
  if (typeof link !== 'string' || !URL.canParse(link)) return undefined
  const { pathname, search } = new URL(link)
  const path = pathname.replace(/^\/(v1\.0|beta)(?=\/)/, '')
  const isSame = path.toLowerCase() === collection.replace(/\?.*$/s, '').toLowerCase()
  return isSame ? path + search : undefined
}

function unreadable({ path }: GraphRequest): Reply {
  const message = `The pages of ${path} lead elsewhere, or there are more than ${MOST_PAGES}.`
  return { kind: 'unknown', fault: ownFault('unreadable', message) }
}
