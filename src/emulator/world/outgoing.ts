/** Calls a bot places: to one person or bot, to several, or into a meeting. */

import type { App } from './apps.ts'
import { Call } from './call.ts'
import type { CallStart } from './callStart.ts'
import { Conversation } from './conversation.ts'
import type { IdentitySet } from './identities.ts'
import type { Meeting } from './meetings.ts'
import { results } from './results.ts'
import type { Ring, RingOutcome, RingWish } from './ringing.ts'
import { ring } from './ringing.ts'
import type { World } from './world.ts'

/** Rings one target; the call is established when it answers. */
export function callOne(
  world: World,
  app: App,
  start: CallStart,
  target: IdentitySet,
  ringTimeoutMs?: number,
): Call {
  const call = new Call(world, app, new Conversation(world, 'peerToPeer'), start)
  call.establishing()
  if (world.switches.ringingState) call.become('ringing')
  ringFor(call, { target, timeoutMs: ringTimeoutMs }, (outcome) => {
    if (outcome === 'answered') {
      call.conversation.add(knownIdentity(world, target), world.directory.find(target))
      call.establish()
    } else call.end(failureOf(world, outcome))
  })
  return call
}

/** Opens an ad-hoc group call and rings its targets; each joins as it answers. */
export function callGroup(world: World, app: App, start: CallStart): Call {
  const call = new Call(world, app, new Conversation(world, 'group'), start)
  call.establishing()
  call.establish()
  ringTargets(call)
  return call
}

/** Joins a meeting; where it has a lobby, the bot waits there to be admitted. */
export function enterMeeting(world: World, app: App, start: CallStart, meeting: Meeting): Call {
  const call = new Call(world, app, meeting.conversation, start)
  call.establishing()
  if (meeting.lobby) waitInLobby(call)
  else call.establish()
  ringTargets(call)
  return call
}

/** Each target joins as it answers. */
function ringTargets(call: Call): void {
  for (const target of call.start.targets) {
    ringFor(call, { target }, (outcome) => {
      if (outcome === 'answered') addTo(call, target)
    })
  }
}

/** Lets a bot in from the lobby. */
export function admit(call: Call): void {
  if (!call.self.inLobby) return
  call.self.inLobby = false
  lobbyWaits.get(call)?.cancel()
  call.establish()
}

const lobbyWaits = new WeakMap<Call, Ring>()

function waitInLobby(call: Call): void {
  const { clock, switches } = call.world
  call.self.inLobby = true
  const wake = clock.setTimeout(() => call.end(results.lobbyTimeout), switches.lobbyTimeoutMs)
  const wait = { cancel: () => clock.clearTimeout(wake) }
  lobbyWaits.set(call, wait)
  call.rings.add(wait)
}

/** Rings on a call's behalf, for as long as the call lives. */
export function ringFor(call: Call, wish: RingWish, settle: (outcome: RingOutcome) => void): Ring {
  const placed = ring(call.world, call.start.source, wish, (outcome) => {
    call.rings.delete(placed)
    settle(outcome)
  })
  call.rings.add(placed)
  return placed
}

/** Puts an answered target into the call's conversation and tells the roster. */
export function addTo(call: Call, target: IdentitySet, hidden = false): void {
  const { conversation, world } = call
  const added = conversation.add(knownIdentity(world, target), world.directory.find(target))
  added.hidden = hidden
  conversation.rosterChanged()
}

/** An identity completed with what the directory knows. */
export function knownIdentity(world: World, target: IdentitySet): IdentitySet {
  const person = world.directory.find(target)
  if (!person) return target
  const known = world.directory.identity(person)
  const named = target.user?.displayName
  return named && known.user ? { user: { ...known.user, displayName: named } } : known
}

function failureOf(world: World, outcome: RingOutcome) {
  return outcome === 'declined' ? world.switches.declinedResult : world.switches.unansweredResult
}
