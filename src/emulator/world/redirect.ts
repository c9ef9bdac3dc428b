/** Redirecting an incoming call: targets ring together, the first to answer has it. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import { partiesOf } from './callResource.ts'
import type { IdentitySet } from './identities.ts'
import { encrypted, identityResource, identitySet } from './identities.ts'
import { knownIdentity, ringFor } from './outgoing.ts'
import type { Ring, RingOutcome } from './ringing.ts'

export type RedirectTarget = {
  readonly identity: IdentitySet
  /** Whether the call goes to the target's voicemail, which always answers. */
  readonly voicemail: boolean
}

/** The bot hands the call on; it hears only how the call ended. */
export function redirect(call: Call, targets: readonly RedirectTarget[], timeoutMs: number): void {
  call.stopDeadline()
  call.state = 'redirecting'
  let ringing = targets.length
  for (const target of targets) {
    const settle = (outcome: RingOutcome) => {
      ringing--
      if (outcome === 'answered') handOver(call, target.identity)
      else if (ringing === 0) call.end(call.world.switches.unansweredResult)
    }
    if (target.voicemail) call.rings.add(voicemail(call, settle))
    else ringFor(call, { ...forwarded(call, target.identity), timeoutMs }, settle)
  }
}

function voicemail(call: Call, settle: (outcome: RingOutcome) => void): Ring {
  const { clock, switches } = call.world
  const wake = clock.setTimeout(() => settle('answered'), switches.ringDelayMs)
  return { cancel: () => clock.clearTimeout(wake) }
}

/** How the call looks to a bot it is redirected to. */
function forwarded(call: Call, target: IdentitySet) {
  const { id, name: displayName } = call.app
  const route = {
    '@odata.type': '#microsoft.graph.callRoute',
    routingType: 'forwarded',
    original: identityResource(identitySet('application', { id, displayName })),
    final: identityResource(target),
  }
  return { target, extras: { callRoutes: [route] } }
}

function handOver(call: Call, target: IdentitySet): void {
  call.settle('answered')
  call.endWith({ ...partiesOf(call), ...answeredBy(call, target) })
}

/** Only the example of a telephone names who answered, and that one encrypted. */
function answeredBy(call: Call, target: IdentitySet): Resource {
  const { redirectAnsweredBy } = call.world.switches
  if (redirectAnsweredBy === 'never') return {}
  if (redirectAnsweredBy === 'phone' && !target.phone) return {}
  const shown = target.phone ? encrypted(target) : knownIdentity(call.world, target)
  return {
    answeredBy: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: identityResource(shown),
    },
  }
}
