/** Ringing somebody on a bot's behalf: a person by their script, a bot by an incoming call. */
import type { Wake } from '../../clock.ts'
import type { Resource } from '../notifications.ts'
import type { Person } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { ringApp } from './incoming.ts'
import type { World } from './world.ts'

/** How ringing came out. */
export type RingOutcome = 'answered' | 'declined' | 'unanswered'

/** Something that rings and can be called off; calling off reports no outcome. */
export interface Ring {
  cancel(): void
}

/** One person's phone ringing. */
export class Ringing implements Ring {
  readonly person: Person
  readonly #world: World
  readonly #settle: (outcome: RingOutcome) => void
  readonly #wakes: Wake[] = []

  constructor(
    world: World,
    person: Person,
    timeoutMs: number,
    settle: (outcome: RingOutcome) => void,
  ) {
    this.#world = world
    this.person = person
    this.#settle = settle
    world.ringing.add(this)
    this.#wakes.push(world.clock.setTimeout(() => this.#end('unanswered'), timeoutMs))
    this.#follow(world.directory.script(person))
  }

  answer(): void {
    this.#world.deed(this.person, 'answered')
    this.#end('answered')
  }

  decline(): void {
    this.#world.deed(this.person, 'declined')
    this.#end('declined')
  }

  cancel(): void {
    this.#world.ringing.delete(this)
    for (const wake of this.#wakes) this.#world.clock.clearTimeout(wake)
  }

  #follow(script: string): void {
    const delayMs = this.#world.switches.ringDelayMs
    if (script === 'answer') this.#wakes.push(this.#after(() => this.answer(), delayMs))
    if (script === 'decline') this.#wakes.push(this.#after(() => this.decline(), delayMs))
  }

  #after(act: () => void, delayMs: number): Wake {
    return this.#world.clock.setTimeout(act, delayMs)
  }

  #end(outcome: RingOutcome): void {
    if (!this.#world.ringing.has(this)) return
    this.cancel()
    this.#settle(outcome)
  }
}

/** Whom to ring, and how. */
export type RingWish = {
  readonly target: IdentitySet
  /** How long it may ring; the switch's time by default. */
  readonly timeoutMs?: number | undefined
  /** Further fields of the incomingContext a bot that is rung sees. */
  readonly context?: Resource | undefined
  /** Further fields of the call it sees. */
  readonly extras?: Resource | undefined
}

/** Rings whoever the identity names; nobody there counts as unanswered. */
export function ring(
  world: World,
  caller: IdentitySet,
  { context, extras, target, timeoutMs = world.switches.ringTimeoutMs }: RingWish,
  settle: (outcome: RingOutcome) => void,
): Ring {
  const app = world.appOf(target)
  if (app) return ringApp(world, { app, target, caller, context, extras }, settle)
  const person = world.directory.find(target)
  if (person) return new Ringing(world, person, timeoutMs, settle)
  const wake = world.clock.setTimeout(() => settle('unanswered'), world.switches.ringDelayMs)
  return { cancel: () => world.clock.clearTimeout(wake) }
}
