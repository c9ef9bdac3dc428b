/** A meeting's join link, read into what createCall needs to join it. */
import { CallchartError } from '../errors.ts'

/** What createCall takes to join a meeting: spread it into its parameters. */
export type JoinCoordinates =
  | {
      readonly chatInfo: { readonly threadId: string; readonly messageId: string }
      readonly meetingInfo: {
        readonly '@odata.type': '#microsoft.graph.organizerMeetingInfo'
        readonly organizer: { readonly user: { readonly id: string; readonly tenantId: string } }
      }
      readonly tenantId: string
    }
  | {
      readonly meetingInfo: {
        readonly '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo'
        readonly joinMeetingId: string
        readonly passcode: string | null
      }
    }

const TEAMS_HOSTS =
  /(^|\.)teams\.(microsoft\.(com|us)|live\.com|cloud\.microsoft|microsoftonline\.cn)$/i
const SAFE_LINKS_HOSTS = /(^|\.)safelinks\.protection\.(outlook\.(com|cn)|office365\.us)$/i

/** Wrappings and encodings taken off before a link is given up. */
const MOST_LAYERS = 4

/**
 * Reads a join link of any form in use: `/l/meetup-join/{thread}/{message}?context=…` and
 * `/meet/{id}?p={passcode}`, encoded once or more, also inside a safe link. A short link says no tenant:
 * createCall needs it besides. Throws `CallchartError` (`joinUrl.invalid`) saying what is wrong.
 *
 * @example
 * { type: 'createCall', params: { ...meetingFromJoinUrl(joinWebUrl) } }
 */
export function meetingFromJoinUrl(joinUrl: string): JoinCoordinates {
  const url = unwrapped(joinUrl.trim(), MOST_LAYERS)
  const segments = segmentsOf(url)
  const longForm = segments.indexOf('meetup-join')
  if (longForm >= 0) return byThread(url, segments.slice(longForm + 1))
  const shortForm = segments.indexOf('meet')
  if (shortForm >= 0) return byMeetingId(url, segments[shortForm + 1])
  throw refusal('its path holds neither "meetup-join" nor "meet"')
}

function unwrapped(link: string, layersLeft: number): URL {
  const url = URL.parse(link)
  if (!url) {
    const plain = layersLeft > 0 ? decoded(link) : link
    if (plain === link) throw refusal('it is not a URL')
    return unwrapped(plain, layersLeft - 1)
  }
  if (!['https:', 'http:', 'msteams:'].includes(url.protocol))
    throw refusal(`its protocol is ${url.protocol}`)
  if (TEAMS_HOSTS.test(url.hostname)) return url
  const inner = SAFE_LINKS_HOSTS.test(url.hostname) ? url.searchParams.get('url') : null
  if (inner === null || layersLeft === 0) throw refusal(`"${url.hostname}" is no host of Teams`)
  return unwrapped(inner, layersLeft - 1)
}

/** The path's segments; the web client keeps its own after the `#`. */
function segmentsOf({ pathname, hash }: URL): readonly string[] {
  const inHash = hash.replace(/^#/, '').split('?')[0] ?? ''
  return decoded(pathname + inHash)
    .split('/')
    .filter((segment) => segment !== '')
}

function byThread(url: URL, [threadId, messageId]: readonly string[]): JoinCoordinates {
  if (!threadId) throw refusal('it names no thread after "meetup-join"')
  const context = contextIn(url)
  const tenantId = memberIn(context, 'Tid')
  const id = memberIn(context, 'Oid')
  return {
    chatInfo: { threadId, messageId: messageId ?? '0' },
    meetingInfo: {
      '@odata.type': '#microsoft.graph.organizerMeetingInfo',
      organizer: { user: { id, tenantId } },
    },
    tenantId,
  }
}

function contextIn(url: URL): object {
  const written = new URLSearchParams(url.search || url.hash.split('?')[1]).get('context')
  if (written === null) throw refusal('it has no "context"')
  try {
    const context: unknown = JSON.parse(decoded(written))
    if (typeof context === 'object' && context !== null) return context
  } catch {
    // Said below.
  }
  throw refusal('its "context" is not JSON')
}

function memberIn(context: object, name: string): string {
  const [, value] =
    Object.entries(context).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? []
  if (typeof value === 'string' && value !== '') return value
  throw refusal(`its "context" has no "${name}"`)
}

function byMeetingId({ searchParams }: URL, id: string | undefined): JoinCoordinates {
  const joinMeetingId = id?.replace(/[\s-]/g, '') ?? ''
  if (!/^\d{6,20}$/.test(joinMeetingId)) throw refusal('it names no meeting id after "meet"')
  return {
    meetingInfo: {
      '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
      joinMeetingId,
      passcode: searchParams.get('p'),
    },
  }
}

/** URL-decoded until nothing changes: links are encoded once, twice, and more inside each other. */
function decoded(text: string, layersLeft = MOST_LAYERS): string {
  try {
    const plain = decodeURIComponent(text)
    return plain === text || layersLeft === 0 ? plain : decoded(plain, layersLeft - 1)
  } catch {
    return text
  }
}

function refusal(reason: string): CallchartError {
  return new CallchartError({
    code: 'joinUrl.invalid',
    what: `This is not a link to join a Teams meeting: ${reason}.`,
    fix: "Take the joinWebUrl of the meeting, or copy the link from its invitation's join button.",
  })
}
