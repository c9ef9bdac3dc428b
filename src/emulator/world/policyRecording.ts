/** Policy-based recording: a user whom a policy obliges to be recorded joins, and a bot is called. */
import { z } from 'zod'
import { EmulatorError } from '../errors.ts'
import type { Resource } from '../notifications.ts'
import { anyCase, callbackUri } from '../schemas.ts'
import type { App } from './apps.ts'
import { Call } from './call.ts'
import type { Conversation } from './conversation.ts'
import type { Person } from './directory.ts'
import { guidOf, identitySet } from './identities.ts'
import type { Meeting } from './meetings.ts'
import type { Participant } from './participants.ts'
import { PolicyGroup } from './policyGroup.ts'
import type { World } from './world.ts'

/** A user under a recording policy joins a meeting or calls somebody. */
export type PolicyCallOptions = {
  /** The address of the user to be recorded. */
  readonly user: string
  /** The app id of the recording bot; the first registered one by default. */
  readonly to?: string | undefined
  /** The meeting the user is in; one of their own by default. */
  readonly meeting?: Meeting | undefined
  /** The address of whoever is at the other end. */
  readonly otherSide?: string | undefined
  readonly policyIdentifier?: string | undefined
}

/** How the joining of one more user came out, with the fresh call when there is one. */
export type PolicyJoining = {
  readonly outcome: 'accepted' | 'rejected' | 'newCall'
  readonly reason?: string | undefined
  readonly callId?: string | undefined
}

const answer = z.looseObject({
  '@odata.type': z.string().transform((type) => type.replace(/^#?microsoft\.graph\./i, '')),
  reason: anyCase(['none', 'busy', 'forbidden']).nullish(),
  inviteUri: callbackUri.nullish(),
})

/** Calls the recording bot for the user. */
export function policyCall(world: World, wish: PolicyCallOptions): Call {
  const user = world.directory.person(wish.user)
  const meeting = wish.meeting ?? world.meetings.schedule({ organizer: wish.user })
  const observed = present(meeting.conversation, user)
  const other = wish.otherSide ? world.directory.person(wish.otherSide) : undefined
  if (other) present(meeting.conversation, other)
  const call = recorderCall(world, {
    app: world.app(wish.to),
    conversation: meeting.conversation,
    meetingInfo: { '@odata.type': '#microsoft.graph.tokenMeetingInfo', token: meeting.token },
    observed,
    fields: {
      ...joinedBy(observed),
      applicationMetadata: {
        botData: botFields(world, { user, other, identifier: wish.policyIdentifier }),
      },
    },
  })
  world.deed(user, 'joined under a recording policy', call.id)
  return call
}

/** One more user of the policy joins: the bot is asked, or called anew when it has no place left. */
export async function policyJoin(call: Call, person: Person): Promise<PolicyJoining> {
  const policy = policyOf(call)
  const joined = present(call.conversation, person)
  call.world.deed(person, 'joined under a recording policy', call.id)
  if (policy.full || call.state !== 'established') return callAnew(call, joined)
  policy.place(joined, true)
  const { body } = await policy.ask(joined, {
    ...joinedBy(joined),
    applicationMetadata: call.start.extras?.applicationMetadata,
  })
  const joining = outcomeOf(call, joined, body)
  if (joining.outcome !== 'accepted') policy.place(joined, false)
  return joining
}

/** The policy group of a call; throws when no policy called it. */
export function policyOf(call: Call): PolicyGroup {
  if (call.policy) return call.policy
  throw new EmulatorError({
    code: 'policy.none',
    what: `Call ${call.id} is not a policy-based recording.`,
    fix: 'Make one with policyCall.',
  })
}

function outcomeOf(call: Call, joined: Participant, body: unknown): PolicyJoining {
  const { success, data: said } = answer.safeParse(body)
  if (!success) return unanswered(call, joined)
  switch (said['@odata.type']) {
    case 'acceptJoinResponse':
      return { outcome: 'accepted' }
    case 'rejectJoinResponse':
      return { outcome: 'rejected', reason: said.reason ?? 'none' }
    case 'inviteNewBotResponse':
      return callAnew(call, joined, said.inviteUri)
    default:
      return unanswered(call, joined)
  }
}

function unanswered(call: Call, joined: Participant): PolicyJoining {
  const { unansweredJoining } = call.world.switches
  if (unansweredJoining === 'newCall') return callAnew(call, joined)
  return { outcome: unansweredJoining === 'accept' ? 'accepted' : 'rejected' }
}

function callAnew(call: Call, observed: Participant, inviteUri?: string | null): PolicyJoining {
  const fresh = recorderCall(call.world, {
    app: call.app,
    conversation: call.conversation,
    meetingInfo: call.start.coordinates?.meetingInfo,
    observed,
    fields: { ...call.start.extras, ...joinedBy(observed) },
    inviteUri: inviteUri ?? undefined,
  })
  return { outcome: 'newCall', callId: fresh.id }
}

type Recording = {
  readonly app: App
  readonly conversation: Conversation
  readonly meetingInfo: unknown
  readonly observed: Participant
  readonly fields: Resource
  /** Where the incoming call is announced, when not at the bot's webhook. */
  readonly inviteUri?: string | undefined
}

function recorderCall(world: World, recording: Recording): Call {
  const { app, conversation, observed } = recording
  const instance = app.instances[0]?.id ?? guidOf(`instance:${app.id}`)
  const { name: displayName, tenantId } = app
  const self = identitySet('applicationInstance', { id: instance, displayName, tenantId })
  const call = new Call(world, app, conversation, {
    direction: 'incoming',
    source: observed.identity,
    targets: [self],
    modalities: ['audio', 'video', 'videoBasedScreenSharing'],
    tenantId: observed.person?.tenantId ?? tenantId,
    callbackUri: recording.inviteUri,
    coordinates: { meetingInfo: recording.meetingInfo },
    self,
    extras: recording.fields,
    answerTimeoutMs: world.switches.policyAnswerTimeoutMs,
  })
  call.self.hidden = true
  call.policy = new PolicyGroup(call, observed)
  call.announce()
  return call
}

function present(conversation: Conversation, person: Person): Participant {
  return conversation.find(person) ?? conversation.join(person)
}

function joinedBy({ id }: Participant): Resource {
  return {
    incomingContext: {
      '@odata.type': '#microsoft.graph.incomingContext',
      observedParticipantId: id,
      sourceParticipantId: id,
    },
  }
}

type PolicyParties = {
  readonly user: Person
  readonly other: Person | undefined
  readonly identifier: string | undefined
}

/** The page names these members; the values of most are this service's own. */
function botFields(world: World, { identifier, other, user }: PolicyParties): Resource {
  const side = ({ kind }: Person) => ({
    participationMethod: kind === 'phone' ? 'pstn' : 'voip',
    clientLocation: 'US',
  })
  return {
    mediaHostedRegion: 'amer',
    user: side(user),
    otherSideUser: other ? side(other) : null,
    inviteReasons: ['PolicyBasedRecording'],
    policyIdentifier: identifier ?? world.newId(),
    pairedRecorders: [],
    otherRecorders: [],
  }
}
