/** Transfers: blind, consultative (onto a call that exists), or one participant out of a group. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import { audioState } from './callResource.ts'
import type { IdentitySet } from './identities.ts'
import { identityResource, identitySet } from './identities.ts'
import { resultResource } from './operations.ts'
import { ringFor } from './outgoing.ts'
import type { Participant } from './participants.ts'
import type { ResultInfo } from './results.ts'
import { results } from './results.ts'
import type { RingOutcome } from './ringing.ts'

export type TransferWish = {
  readonly target: IdentitySet
  /** The call the target is in already: makes the transfer consultative. */
  readonly replaces: Call | undefined
  /** Who is transferred; in a P2P call the other party. */
  readonly transferee: Participant | undefined
}

/** Starts the transfer; how it goes is told by notifications. */
export function transfer(call: Call, wish: TransferWish): void {
  call.become('transferring')
  const settle = (outcome: RingOutcome) =>
    outcome === 'answered' ? complete(call, wish) : fail(call, results.transferFailed)
  if (crossesTenants(call, wish)) settle('unanswered')
  else if (wish.replaces) handToOther(call, wish)
  else ringFor(call, { target: wish.target, context: transferredBy(call) }, settle)
}

/** A consultative transfer onto a call that is gone. */
export function failConsultative(call: Call): void {
  call.become('transferring')
  fail(call, results.consultativeTransferFailed)
}

/** The target is in a call already: nothing rings, but it may still decline. */
function handToOther(call: Call, wish: TransferWish): void {
  const { directory } = call.world
  const target = directory.find(wish.target)
  const declines = target !== undefined && directory.script(target) === 'decline'
  if (declines) fail(call, results.consultativeTransferFailed)
  else complete(call, wish)
}

/** How the call looks to a bot it is transferred to. */
function transferredBy(call: Call): Resource {
  const { id, name: displayName } = call.app
  return { transferor: identityResource(identitySet('application', { id, displayName })) }
}

function complete(call: Call, wish: TransferWish): void {
  call.become('transferAccepted')
  if (call.world.switches.mediaState !== 'never') call.update(audioState('inactive'))
  if (wish.transferee) call.conversation.participants.delete(wish.transferee.id)
  if (wish.replaces) {
    call.endWith({ terminationReason: 'AppTransferred' }, call.world.switches.transferredResult)
    wish.replaces.end(call.world.switches.transferredResult)
  } else call.end(call.world.switches.transferredResult)
}

function fail(call: Call, result: ResultInfo): void {
  call.become('established', { resultInfo: resultResource(result, call.world.switches) })
}

function crossesTenants(call: Call, wish: TransferWish): boolean {
  if (call.world.switches.transferAcrossTenants === 'allow') return false
  const from = wish.transferee?.person?.tenantId
  const to = call.world.directory.find(wish.target)?.tenantId
  return from !== undefined && to !== undefined && from !== to
}
