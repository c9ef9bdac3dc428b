/** Inviting people into a call: an operation that ends when everyone has answered or not. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { IdentitySet } from './identities.ts'
import { canonicalId, identityIn, identityResource } from './identities.ts'
import { Operation } from './operations.ts'
import { addTo, ringFor } from './outgoing.ts'
import { results } from './results.ts'
import type { Ring } from './ringing.ts'

/** One participant as the bot wrote it. */
export type Invited = {
  readonly identity: IdentitySet
  readonly hidden?: boolean | null | undefined
  readonly replacesCallId?: string | null | undefined
  readonly participantId?: string | null | undefined
}

export type InviteWish = {
  readonly invited: readonly Invited[]
  /** The call the first target leaves once it is in this one; absent when it was not found. */
  readonly replaces: Call | undefined
  readonly clientContext: string | null | undefined
}

/** An invitation still ringing. */
type Invitation = {
  readonly operation: Operation
  readonly target: IdentitySet
  readonly ring: Ring
}

/** How many of an operation's invitations are open, and whether all so far were taken. */
type Poll = { left: number; joined: boolean }

const outstanding = new WeakMap<Call, Set<Invitation>>()

/** Rings the targets; a P2P call becomes a group call as the first one answers. */
export function invite(call: Call, wish: InviteWish): Operation {
  const { clientContext, invited } = wish
  const participants = invited.map(invitedResource)
  const type = 'inviteParticipantsOperation'
  const operation = new Operation(call, type, 'running', clientContext, { participants })
  if (invited[0]?.replacesCallId && !wish.replaces) failSoon(call, operation)
  else {
    const poll = { left: invited.length, joined: true }
    for (const each of invited) inviteOne(call, wish, operation, each, poll)
  }
  return operation
}

/** Calls off the invitation an id stands for: the target's id or the operation's. */
export function cancelInvitation(call: Call, id: string): boolean {
  const found = [...invitationsOf(call)].find(
    (each) => each.operation.id === id || identityIn(each.target)?.[1].id === id,
  )
  if (!found) return false
  found.ring.cancel()
  call.rings.delete(found.ring)
  invitationsOf(call).delete(found)
  found.operation.finish({ status: 'failed', result: results.cancelled })
  return true
}

function inviteOne(
  call: Call,
  wish: InviteWish,
  operation: Operation,
  invited: Invited,
  poll: Poll,
): void {
  const { identity: target } = invited
  const ring = ringFor(call, { target }, (outcome) => {
    invitationsOf(call).delete(invitation)
    poll.left--
    poll.joined &&= outcome === 'answered'
    if (poll.left === 0) finish(operation, poll.joined)
    if (outcome === 'answered') bringIn(call, wish, invited)
  })
  const invitation: Invitation = { operation, target, ring }
  invitationsOf(call).add(invitation)
}

function bringIn(call: Call, { replaces }: InviteWish, invited: Invited): void {
  if (!call.conversation.multiparty) {
    call.conversation.escalate()
    call.rosterLive = true
  }
  addTo(call, invited.identity, Boolean(invited.hidden))
  if (replaces) leaveOther(replaces, invited)
}

/** A replaced P2P call ends; out of another meeting only the participant moves. */
function leaveOther(replaces: Call, invited: Invited): void {
  if (replaces.conversation.multiparty) moveOut(replaces, invited)
  else replaces.end(results.endedByOther)
}

function moveOut({ conversation, world }: Call, { identity, participantId }: Invited): void {
  const named = conversation.participants.get(canonicalId(participantId ?? ''))
  const person = world.directory.find(identity)
  const moved = named ?? (person && conversation.find(person))
  if (moved) conversation.leave(moved)
}

function finish(operation: Operation, joined: boolean): void {
  operation.finish(
    joined ? { status: 'completed' } : { status: 'failed', result: results.inviteFailed },
  )
}

/** The page shows no refusal for a replacesCallId that is unknown: the operation fails. */
function failSoon(call: Call, operation: Operation): void {
  const { clock, switches } = call.world
  clock.setTimeout(() => finish(operation, false), switches.operationMs)
}

function invitedResource(invited: Invited): Resource {
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    endpointType: null,
    ...invited,
    replacesCallId: invited.replacesCallId ?? null,
    identity: { ...invited.identity, ...identityResource(invited.identity) },
  }
}

function invitationsOf(call: Call): Set<Invitation> {
  const invitations = outstanding.get(call) ?? new Set<Invitation>()
  outstanding.set(call, invitations)
  return invitations
}
