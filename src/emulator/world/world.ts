/** Everything that exists on this machine's calling service, and what all of it shares. */
import type { Clock, Wake } from '../../clock.ts'
import type { RandomBytes } from '../../random.ts'
import { uuid } from '../../random.ts'
import type { Activity } from '../activity.ts'
import type { Deliveries } from '../deliveries.ts'
import { EmulatorError } from '../errors.ts'
import type { Ledger } from '../ledger.ts'
import type { PromptStore } from '../prompts.ts'
import type { Switches } from '../switches.ts'
import type { App, AppOptions } from './apps.ts'
import { registeredApp } from './apps.ts'
import type { Call } from './call.ts'
import type { Person } from './directory.ts'
import { Directory } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { canonicalId, identityIn } from './identities.ts'
import { Meetings } from './meetings.ts'
import { Recordings } from './recordings.ts'
import type { Ringing } from './ringing.ts'

/** The parts of the service that the world's inhabitants use. */
export type WorldParts = {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly switches: Switches
  readonly ledger: Ledger
  readonly activity: Activity
  readonly deliveries: Deliveries
  readonly prompts: PromptStore
}

export class World {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly switches: Switches
  readonly ledger: Ledger
  readonly activity: Activity
  readonly deliveries: Deliveries
  readonly prompts: PromptStore
  readonly apps = new Map<string, App>()
  readonly calls = new Map<string, Call>()
  readonly directory: Directory
  readonly meetings: Meetings
  readonly recordings: Recordings
  /** Telephones and desktops that ring at this moment. */
  readonly ringing = new Set<Ringing>()

  constructor(parts: WorldParts) {
    this.clock = parts.clock
    this.random = parts.random
    this.switches = parts.switches
    this.ledger = parts.ledger
    this.activity = parts.activity
    this.deliveries = parts.deliveries
    this.prompts = parts.prompts
    this.directory = new Directory(parts.switches.userPrincipalName)
    this.meetings = new Meetings(this)
    this.recordings = new Recordings(this)
  }

  newId(): string {
    return uuid(this.random)
  }

  register(options: AppOptions): App {
    const app = registeredApp(options)
    this.apps.set(canonicalId(app.id), app)
    return app
  }

  /** The app with this id, or the first registered one; throws when there is none. */
  app(id?: string): App {
    const app = id === undefined ? this.apps.values().next().value : this.findApp(id)
    if (app) return app
    throw new EmulatorError({
      code: 'app.unknown',
      what:
        id === undefined ? 'No bot is registered.' : `No bot with the app id ${id} is registered.`,
      fix: 'Register it with `apps` in createEmulator or POST /emulator/apps.',
    })
  }

  findApp(id: string): App | undefined {
    return this.apps.get(canonicalId(id))
  }

  /** The app an identity names, by its own id or that of an application instance. */
  appOf(set: IdentitySet): App | undefined {
    const held = identityIn(set)
    if (!held) return undefined
    if (held[0] === 'application') return this.findApp(held[1].id)
    return [...this.apps.values()].find((app) =>
      app.instances.some((each) => each.id === held[1].id || each.phone === held[1].id),
    )
  }

  /** The call with this id, ended or not. */
  call(id: string): Call | undefined {
    return this.calls.get(canonicalId(id))
  }

  /** Runs `act` after a delay, at once when it is zero. */
  after(delayMs: number, act: () => void): Wake | undefined {
    if (delayMs > 0) return this.clock.setTimeout(act, delayMs)
    act()
    return undefined
  }

  /** Notes what a person did. */
  deed(who: Person, action: string, callId?: string): void {
    this.ledger.user({ atMs: this.clock.now(), callId, who: who.address ?? who.id, action })
  }
}
