/** Redirecting an incoming call: targets ring together, the first to answer has it. */
import type { Call } from './call.ts'
import type { IdentitySet } from './identities.ts'
import { identityResource } from './identities.ts'
import { knownIdentity, ringFor } from './outgoing.ts'

/** The bot hands the call on; it hears only how the call ended. */
export function redirect(call: Call, targets: readonly IdentitySet[], timeoutMs: number): void {
  call.stopDeadline()
  call.state = 'redirecting'
  let ringing = targets.length
  for (const target of targets) {
    ringFor(
      call,
      target,
      (outcome) => {
        ringing--
        if (outcome === 'answered') handOver(call, target)
        else if (ringing === 0) call.end(call.world.switches.unansweredResult)
      },
      timeoutMs,
    )
  }
}

function handOver(call: Call, target: IdentitySet): void {
  call.settle('answered')
  call.endWith(answeredBy(call, target))
}

function answeredBy(call: Call, target: IdentitySet) {
  return {
    direction: call.start.direction,
    answeredBy: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: identityResource(knownIdentity(call.world, target)),
    },
  }
}
