import { z } from 'zod'
import { badRequest } from '../errors.ts'
import type { Permission } from '../permissions.ts'
import { accessMedia, initiate, initiateGroup, joinMeeting, requireAny } from '../permissions.ts'
import {
  callbackUri,
  callOptions,
  chatInfo,
  invitee,
  isAppHosted,
  mediaConfig,
  meetingInfo,
  modality,
  participantInfo,
} from '../schemas.ts'
import type { App } from '../world/apps.ts'
import type { Call } from '../world/call.ts'
import { callResource } from '../world/callResource.ts'
import type { CallStart } from '../world/callStart.ts'
import type { IdentitySet } from '../world/identities.ts'
import { identitySet } from '../world/identities.ts'
import type { Meeting } from '../world/meetings.ts'
import { callGroup, callOne, enterMeeting } from '../world/outgoing.ts'
import type { World } from '../world/world.ts'
import { meetingFor } from './meetingFor.ts'
import { method } from './method.ts'

const GROUP_USERS_MAX = 5

const body = z.looseObject({
  callbackUri,
  requestedModalities: z.array(modality).min(1),
  mediaConfig,
  targets: z.array(invitee).nullish(),
  source: participantInfo.nullish(),
  subject: z.string().nullish(),
  tenantId: z.string().nullish(),
  chatInfo: chatInfo.nullish(),
  meetingInfo: meetingInfo.nullish(),
  callOptions,
  /** Beta: how long a P2P call may ring. */
  ringingTimeoutInSeconds: z.int().min(1).max(115).nullish(),
})

type Body = z.infer<typeof body>
type Kind = 'peerToPeer' | 'group' | 'meeting'

const permissionFor: Readonly<Record<Kind, readonly Permission[]>> = {
  peerToPeer: initiate,
  group: initiateGroup,
  meeting: joinMeeting,
}

// The response was written, as it were, before anything happened.
const unborn = {
  '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#app/calls/$entity',
  state: 'establishing',
  activeModalities: [],
  mediaState: null,
  transcription: null,
}

/** Places a call to one, to several, or into a meeting; needs AccessMedia too when app-hosted. */
export const createCall = method({
  name: 'createCall',
  verb: 'POST',
  path: '/calls',
  permissions: [],
  checked: 'always',
  body,
  run: ({ app, base, body: wish, caller, world }) => {
    requireAny(caller, permissionFor[kindOf(wish)])
    if (isAppHosted(wish.mediaConfig)) requireAny(caller, accessMedia)
    const start = startOf(app, wish, caller.tenantId)
    const call = place(world, app, start, wish)
    return {
      status: 201,
      location: `${base}/communications/calls/${call.id}`,
      body: { ...callResource(call), ...unborn },
    }
  },
})

function kindOf(wish: Body): Kind {
  if (wish.meetingInfo ?? wish.chatInfo) return 'meeting'
  return wish.targets?.length === 1 ? 'peerToPeer' : 'group'
}

function place(world: World, app: App, start: CallStart, wish: Body): Call {
  const [target] = start.targets
  if (kindOf(wish) === 'meeting') {
    const meeting = meetingFor(world, wish)
    refuseTwice(world, start, meeting.meeting)
    const coordinates = { chatInfo: meeting.chatInfo, meetingInfo: wish.meetingInfo }
    return enterMeeting(world, app, { ...start, coordinates }, meeting.meeting)
  }
  if (target && start.targets.length === 1) {
    refusePhone(app, start, target)
    return callOne(world, app, start, target, ringTimeoutMs(wish))
  }
  refuseCrowd(start.targets)
  return callGroup(world, app, start)
}

function startOf(app: App, wish: Body, tenantId: string): CallStart {
  return {
    direction: 'outgoing',
    source:
      wish.source?.identity ?? identitySet('application', { id: app.id, displayName: app.name }),
    targets: (wish.targets ?? []).map((each) => each.identity),
    modalities: wish.requestedModalities,
    tenantId: wish.tenantId ?? tenantId,
    callbackUri: wish.callbackUri,
    mediaConfig: wish.mediaConfig,
    subject: wish.subject ?? undefined,
    options: wish.callOptions,
  }
}

function refusePhone(app: App, start: CallStart, target: IdentitySet): void {
  if (!target.phone) return
  const instance = start.source.applicationInstance?.id
  if (instance && app.instances.some((each) => each.id === instance && each.phone)) return
  throw badRequest(
    'source.identity.applicationInstance: calling a phone takes an instance of this application with a number.',
    'Register the instance with the app and name it as the source.',
  )
}

function ringTimeoutMs({ ringingTimeoutInSeconds: seconds }: Body): number | undefined {
  return seconds ? seconds * 1_000 : undefined
}

/** An application may be in one meeting several times, with another identity each time. */
function refuseTwice(world: World, { source }: CallStart, { conversation }: Meeting): void {
  if (world.switches.sameIdentityTwice === 'allow' || !conversation.holds(source)) return
  throw badRequest(
    'source.identity: this identity is in the meeting already.',
    'Join with another application instance, or end the other call first.',
  )
}

function refuseCrowd(targets: readonly IdentitySet[]): void {
  if (targets.length <= GROUP_USERS_MAX) return
  throw badRequest(
    `targets: a group call starts with at most ${GROUP_USERS_MAX} users, not ${targets.length}.`,
    'Invite the others later.',
  )
}
