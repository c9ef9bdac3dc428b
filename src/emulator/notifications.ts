/** The shape of what a bot is told: Graph's commsNotifications, and the older format before it. */

export type ChangeType = 'created' | 'updated' | 'deleted'

/** A JSON object on the wire. */
export type Resource = Readonly<Record<string, unknown>>

/** One change to a call, its roster or an operation of its. */
export type Notice = {
  readonly changeType: ChangeType
  /** What follows `/communications/calls/{id}`, e.g. `/participants`; empty for the call itself. */
  readonly tail: string
  /** For the ledger: `call`, `participants`, `contentSharing`, or the operation's type. */
  readonly what: string
  /** Absent where the documents show an address only. */
  readonly resource: Resource | readonly Resource[] | undefined
  /** Whether the resourceUrl begins without a slash, as the page of startHoldMusic shows it. */
  readonly slashless?: boolean | undefined
}

/** A notice with the call it is about and the address its bot gave for it. */
export type Addressed = Notice & {
  readonly callId: string
  readonly callbackUri: string | undefined
}

/** The body Graph posts. */
export function graphFormat(notice: Addressed, ids: 'guid' | 'compact' = 'guid'): Resource {
  const address = `communications/calls/${notice.callId}${notice.tail}`
  const resourceUrl = ids === 'guid' ? address : address.replace(GUID, compact)
  return {
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [
      {
        '@odata.type': '#microsoft.graph.commsNotification',
        changeType: notice.changeType,
        resource: `/app/calls/${notice.callId}${notice.tail}`,
        resourceUrl: notice.slashless ? resourceUrl : `/${resourceUrl}`,
        ...(notice.callbackUri ? { callbackUri: notice.callbackUri } : {}),
        ...(notice.resource ? { resourceData: notice.resource } : {}),
      },
    ],
  }
}

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

function compact(guid: string): string {
  return guid.replaceAll('-', '').toUpperCase()
}

/** The body of a first notification in the format before Graph's; a bot answers it with 204. */
export function legacyFormat(notice: Addressed): Resource {
  return {
    id: notice.callId,
    eventType: 'incomingCall',
    callState: 'incoming',
    links: { call: `/app/calls/${notice.callId}` },
  }
}
