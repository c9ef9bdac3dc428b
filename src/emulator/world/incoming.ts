/** Incoming P2P calls: from a person who dials the bot, or passed on by another bot. */
import type { Resource } from '../notifications.ts'
import { callingPermissions, hasAny } from '../permissions.ts'
import type { App } from './apps.ts'
import { Call } from './call.ts'
import { Conversation } from './conversation.ts'
import type { Person } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { encrypted, identityResource, identitySet } from './identities.ts'
import { results } from './results.ts'
import type { Ring, RingOutcome } from './ringing.ts'
import type { World } from './world.ts'

/** A person dials. */
export type Dialled = {
  readonly from: Person
  /** An app id, or the id or number of an application instance; the first bot by default. */
  readonly to: string | undefined
  readonly modalities: readonly string[]
  /** For whom the caller calls, when not for themselves. */
  readonly onBehalfOf?: Person | undefined
}

/** A person dials the bot; returns the call as the bot will see it. */
export function placeCall(world: World, dialled: Dialled): Call {
  const { from, modalities, onBehalfOf, to } = dialled
  const { directory } = world
  const call = incomingCall(world, {
    ...addressee(world, to),
    caller: directory.identity(from),
    modalities,
    context: onBehalfOf && { onBehalfOf: identityResource(directory.identity(onBehalfOf)) },
  })
  world.deed(from, 'rang', call.id)
  call.announce()
  return call
}

/** A call on its way to a bot. */
type Passage = {
  readonly app: App
  readonly target: IdentitySet
  readonly caller: IdentitySet
  readonly modalities?: readonly string[]
  /** Further fields of the call's incomingContext. */
  readonly context?: Resource | undefined
  /** Further fields of the call. */
  readonly extras?: Resource | undefined
}

/** Rings a bot because of a transfer or redirect. */
export function ringApp(
  world: World,
  passage: Passage,
  settle: (outcome: RingOutcome) => void,
): Ring {
  const call = incomingCall(world, passage)
  call.onSettled = settle
  call.announce()
  return {
    cancel: () => {
      call.onSettled = undefined
      call.end(results.endedByOther)
    },
  }
}

function addressee(world: World, to: string | undefined): Pick<Passage, 'app' | 'target'> {
  const owner = to === undefined ? undefined : world.appOf({ phone: { id: to } })
  if (to !== undefined && owner) {
    const id = owner.instances.find((each) => each.id === to || each.phone === to)?.id ?? to
    const target = identitySet('applicationInstance', { id, displayName: owner.name })
    return { app: owner, target }
  }
  const app = world.app(to)
  return { app, target: identitySet('application', { id: app.id, displayName: app.name }) }
}

function incomingCall(world: World, passage: Passage): Call {
  const { app, caller, target } = passage
  const person = world.directory.find(caller)
  const conversation = new Conversation(world, 'peerToPeer')
  const { id } = conversation.add(caller, person)
  return new Call(world, app, conversation, {
    direction: 'incoming',
    source: hasAny(app.roles, callingPermissions) ? caller : encrypted(caller),
    targets: [target],
    modalities: passage.modalities ?? ['audio'],
    tenantId: person?.tenantId ?? app.tenantId,
    self: target,
    extras: {
      ...passage.extras,
      incomingContext: {
        '@odata.type': '#microsoft.graph.incomingContext',
        sourceParticipantId: id,
        ...passage.context,
      },
    },
  })
}
