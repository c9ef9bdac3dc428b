/** Incoming P2P calls: from a person who dials the bot, or passed on by another bot. */
import { callingPermissions, hasAny } from '../permissions.ts'
import type { App } from './apps.ts'
import { Call } from './call.ts'
import { Conversation } from './conversation.ts'
import type { Person } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { guidOf, identityIn, identitySet } from './identities.ts'
import { results } from './results.ts'
import type { Ring, RingOutcome } from './ringing.ts'
import type { World } from './world.ts'

/** A person dials the bot; returns the call as the bot will see it. */
export function placeCall(
  world: World,
  from: Person,
  app: App,
  modalities: readonly string[],
): Call {
  const call = incomingCall(world, app, world.directory.identity(from), from, modalities)
  world.deed(from, 'rang', call.id)
  call.announce()
  return call
}

/** Rings a bot because of a transfer or redirect. */
export function ringApp(
  world: World,
  app: App,
  caller: IdentitySet,
  settle: (outcome: RingOutcome) => void,
): Ring {
  const call = incomingCall(world, app, caller, world.directory.find(caller), ['audio'])
  call.onSettled = settle
  call.announce()
  return {
    cancel: () => {
      call.onSettled = undefined
      call.end(results.endedByOther)
    },
  }
}

function incomingCall(
  world: World,
  app: App,
  source: IdentitySet,
  person: Person | undefined,
  modalities: readonly string[],
): Call {
  const conversation = new Conversation(world, 'peerToPeer')
  conversation.add(source, person)
  return new Call(world, app, conversation, {
    direction: 'incoming',
    source: hasAny(app.roles, callingPermissions) ? source : encrypted(source),
    targets: [identitySet('application', { id: app.id, displayName: app.name })],
    modalities,
    tenantId: person?.tenantId ?? app.tenantId,
  })
}

/** A bot without any calling permission is not told who calls. */
function encrypted(source: IdentitySet): IdentitySet {
  return identitySet('encrypted', { id: guidOf(`encrypted:${identityIn(source)?.[1].id}`) })
}
