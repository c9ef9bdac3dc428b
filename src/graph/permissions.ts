/**
 * Which application permissions each effect needs, from Graph's permission tables and pages. Where a
 * page says that permissions are checked when the call is created and no longer now, nothing is asked.
 */
import type { EffectName } from '../../machines/effects.ts'
import type { GraphFault } from '../../machines/words.ts'
import { isObject, type JsonObject, jsonOf } from './json.ts'

/** A permission the token lacks. */
export type MissingPermission = {
  /** One of these would do; the least privileged first. */
  readonly anyOf: readonly string[]
  /** Name of Graph's page for the method. */
  readonly page: string
  /** Who can grant it. */
  readonly grantedBy: string
}

const initiate = ['Calls.Initiate.All']
const initiateGroup = ['Calls.InitiateGroupCall.All']
const join = ['Calls.JoinGroupCall.All', 'Calls.JoinGroupCallAsGuest.All']
const joinHere = [...join, 'Calls.JoinGroupCalls.Chat']
const joinAsGuest = ['Calls.JoinGroupCallAsGuest.All', 'Calls.JoinGroupCall.All']
const routing = ['Calls.JoinGroupCall.All', ...initiateGroup]
const media = ['Calls.AccessMedia.All']
const mediaHere = [...media, 'Calls.AccessMedia.Chat']

/** What must be granted: of each list, one. */
type Needs = (params: JsonObject) => readonly (readonly string[])[]
type Row = { readonly page: string; readonly needs: Needs }

const row = (page: string, ...lists: readonly (readonly string[])[]): Row => ({
  page,
  needs: () => lists,
})

const rows: { readonly [Name in EffectName]: Row } = {
  createCall: { page: 'application-post-calls', needs: createCallNeeds },
  placeCall: {
    page: 'application-post-calls',
    needs: ({ request }) => createCallNeeds(isObject(request) ? request : {}),
  },
  // Between calls of this engine: Graph has no say.
  tellCall: row(''),
  // Checked when the call is created, says the page, and not again.
  getCall: row('call-get'),
  // Joining depends on the call, which only Graph knows whole; a call from a user needs nothing.
  answer: { page: 'call-answer', needs: (params) => (isAppHosted(params) ? [mediaHere] : []) },
  reject: row('call-reject'),
  redirect: row('call-redirect', initiate),
  transfer: row('call-transfer', initiate),
  hangUp: row('call-delete'),
  keepAlive: row('call-keepalive'),
  mute: row('call-mute'),
  unmute: row('call-unmute'),
  changeScreenSharingRole: row('call-changescreensharingrole', media),
  playPrompt: row('call-playprompt'),
  recordResponse: row('call-record', media),
  subscribeToTone: row('call-subscribetotone', media),
  sendDtmfTones: row('call-senddtmftones'),
  cancelMediaProcessing: row('call-cancelmediaprocessing'),
  updateRecordingStatus: row('call-updaterecordingstatus', [...media, 'Calls.JoinGroupCall.All']),
  addLargeGalleryView: row('call-addlargegalleryview', [...joinAsGuest, ...initiateGroup]),
  listContentSharingSessions: row('call-list-contentsharingsessions', [
    ...joinAsGuest,
    ...initiate,
    ...initiateGroup,
  ]),
  getContentSharingSession: row('contentsharingsession-get', [
    ...joinAsGuest,
    ...initiate,
    ...initiateGroup,
  ]),

  listParticipants: row('call-list-participants'),
  getParticipant: row('participant-get', join),
  invite: row('participant-invite', initiateGroup),
  removeParticipant: row('participant-delete', join),
  muteParticipant: row('participant-mute', join),
  startHoldMusic: row('participant-startholdmusic', joinAsGuest),
  stopHoldMusic: row('participant-stopholdmusic', joinAsGuest),

  createAudioRoutingGroup: row('call-post-audioroutinggroups', routing),
  listAudioRoutingGroups: row('call-list-audioroutinggroups', routing),
  getAudioRoutingGroup: row('audioroutinggroup-get', routing),
  updateAudioRoutingGroup: row('audioroutinggroup-update', routing),
  deleteAudioRoutingGroup: row('audioroutinggroup-delete', routing),

  updateMetadata: row('call-updatemetadata', [...join, ...initiateGroup]),
  muteAll: row('participant-muteall', join),
  configureMixer: row('participant-configuremixer', [...initiateGroup, ...join]),
  record: row('call-record', media),

  acceptJoin: row('participantjoiningnotification'),
  rejectJoin: row('participantjoiningnotification'),
  inviteNewBot: row('participantjoiningnotification'),
}

function createCallNeeds(params: JsonObject): readonly (readonly string[])[] {
  return isAppHosted(params) ? [shapeNeeds(params), mediaHere] : [shapeNeeds(params)]
}

function shapeNeeds({ chatInfo, meetingInfo, targets }: JsonObject): readonly string[] {
  if (chatInfo || meetingInfo) return joinHere
  const isAdHocGroup = Array.isArray(targets) ? targets.length !== 1 : targets === undefined
  return isAdHocGroup ? initiateGroup : initiate
}

function isAppHosted({ mediaConfig }: JsonObject): boolean {
  return isObject(mediaConfig) && /appHostedMediaConfig$/i.test(String(mediaConfig['@odata.type']))
}

/** What an effect needs: of each list, one. */
export function permissionsFor(
  effect: EffectName,
  params: unknown,
): readonly (readonly string[])[] {
  const read = jsonOf(params)
  return rows[effect].needs(isObject(read) ? read : {})
}

/** Whether the token's roles hold one of the permissions. */
export function isGranted(anyOf: readonly string[], roles: readonly string[]): boolean {
  const granted = new Set(roles.map(spelling))
  return anyOf.some((permission) => granted.has(spelling(permission)))
}

/** What the effect needs and the token's roles lack; roles that are not known forbid nothing. */
export function missingPermission(
  effect: EffectName,
  params: unknown,
  roles: readonly string[],
): MissingPermission | undefined {
  if (roles.length === 0) return undefined
  const anyOf = permissionsFor(effect, params).find((list) => !isGranted(list, roles))
  return anyOf && { anyOf, page: rows[effect].page, grantedBy: grantors(anyOf) }
}

/** Older pages wrote `JoinGroupCalls.All`, `JoinGroupCallsasGuest.All`, `InitiateGroupCalls.All`. */
function spelling(permission: string): string {
  return permission.toLowerCase().replace(/groupcalls(asguest)?\.all$/, 'groupcall$1.all')
}

/** Who can grant one of the permissions. */
export function grantors(anyOf: readonly string[]): string {
  const isForOneChat = anyOf.some((permission) => permission.endsWith('.Chat'))
  return isForOneChat
    ? "an administrator of the tenant (admin consent), or for the .Chat permission the chat's owner (resource-specific consent)"
    : 'an administrator of the tenant (admin consent)'
}

/** What the call hears instead of an answer by Graph. */
export function permissionFault(effect: EffectName, missing: MissingPermission): GraphFault {
  const permissions = missing.anyOf.join(' or ')
  return {
    status: 0,
    code: 'permission.missing',
    message: `The bot's token does not carry ${permissions}, which '${effect}' needs; nothing was sent to Graph. See Graph's page ${missing.page}.`,
    fix: `Have ${permissions} granted by ${missing.grantedBy} and restart the bot, or set checkPermissions: false where the tenant allows it otherwise.`,
  }
}
