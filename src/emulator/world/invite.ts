/** Inviting people into a call: an operation that ends when everyone has answered or not. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { IdentitySet } from './identities.ts'
import { identityIn } from './identities.ts'
import { Operation } from './operations.ts'
import { addTo, ringFor } from './outgoing.ts'
import { results } from './results.ts'
import type { Ring } from './ringing.ts'

export type InviteWish = {
  readonly targets: readonly IdentitySet[]
  /** The P2P call the first target leaves once it is in this one. */
  readonly replaces: Call | undefined
  readonly clientContext: string | null | undefined
  /** The participants as the bot wrote them, echoed back. */
  readonly echoed: readonly Resource[]
}

/** An invitation still ringing. */
export type Invitation = {
  readonly operation: Operation
  readonly target: IdentitySet
  readonly ring: Ring
}

const outstanding = new WeakMap<Call, Set<Invitation>>()

/** Rings the targets; a P2P call becomes a group call. */
export function invite(call: Call, wish: InviteWish): Operation {
  const operation = new Operation(
    call,
    'inviteParticipantsOperation',
    'Running',
    wish.clientContext,
    { participants: wish.echoed },
  )
  if (!call.conversation.multiparty) {
    call.conversation.escalate()
    call.rosterLive = true
  }
  const poll = { left: wish.targets.length, joined: true }
  for (const target of wish.targets) inviteOne(call, wish, operation, target, poll)
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
  target: IdentitySet,
  poll: { left: number; joined: boolean },
): void {
  const ring = ringFor(call, target, (outcome) => {
    invitationsOf(call).delete(invitation)
    poll.left--
    poll.joined &&= outcome === 'answered'
    if (poll.left === 0) finish(operation, poll.joined)
    if (outcome !== 'answered') return
    addTo(call, target)
    wish.replaces?.end(results.endedByOther)
  })
  const invitation: Invitation = { operation, target, ring }
  invitationsOf(call).add(invitation)
}

function finish(operation: Operation, joined: boolean): void {
  operation.finish(
    joined ? { status: 'completed' } : { status: 'failed', result: results.inviteFailed },
  )
}

function invitationsOf(call: Call): Set<Invitation> {
  const invitations = outstanding.get(call) ?? new Set<Invitation>()
  outstanding.set(call, invitations)
  return invitations
}
