/** The judge: looks on while a world plays, and says which promises were broken. */
import type { Charts } from '../../../engine/charts.ts'
import { CallchartError } from '../../../errors.ts'
import type { World } from '../../world.ts'
import type { SimulatedDisk } from '../disk.ts'
import type { Host } from '../network.ts'
import { Acknowledged } from './acknowledged.ts'
import { agreement } from './agreement.ts'
import { callsEnd } from './callsEnd.ts'
import { fatesAreKnown, fatesBecomeKnown } from './fates.ts'
import { nothingLeaks } from './leaks.ts'
import { Marked } from './marked.ts'
import { nothingPrivate } from './privacy.ts'
import { replaysExactly } from './replay.ts'
import { timersFireOnce } from './timers.ts'
import { nothingTwice } from './twice.ts'

/** One promise that was broken. */
export type Violation = { readonly invariant: string; readonly what: string }

/** What an invariant looks at. */
export type Evidence = {
  readonly world: World
  readonly charts: Charts
  readonly disk: SimulatedDisk
  /** Keys of all calls that were ever stored. */
  readonly keys: readonly string[]
}

/** What was found broken; empty when all is well. */
export type Invariant = (evidence: Evidence) => Promise<readonly string[]> | readonly string[]

const atPeace: { readonly [Name in string]: Invariant } = {
  agreesWithGraph: agreement,
  everyFateBecomesKnown: fatesBecomeKnown,
}

const atTheEnd: { readonly [Name in string]: Invariant } = {
  nothingExecutedTwice: nothingTwice,
  everyFateKnown: fatesAreKnown,
  everyCallEnds: callsEnd,
  everyTimerFiresOnce: timersFireOnce,
  nothingLeaks,
  nothingPrivateOnDisk: nothingPrivate,
  replayIsExact: replaysExactly,
}

export class Judge {
  /** What the bot runs; another release of it may bring others. */
  charts: Charts
  readonly #disk: SimulatedDisk
  readonly #acknowledged: Acknowledged
  readonly #marked: Marked
  readonly #violations: Violation[] = []

  constructor(charts: Charts, disk: SimulatedDisk) {
    this.charts = charts
    this.#disk = disk
    this.#acknowledged = new Acknowledged(() => this.charts, disk)
    this.#marked = new Marked(disk)
  }

  /** Listens in at the webhook: what is acknowledged must be kept. */
  hearing(serve: Host): Host {
    return this.#acknowledged.hearing(serve)
  }

  /** Listens in at Graph: what must not be repeated is marked before it arrives. */
  asking(serve: Host): Host {
    return this.#marked.hearing(serve)
  }

  /** Judges what must hold while calls are alive. */
  atPeace(world: World): Promise<void> {
    return this.#examine(world, atPeace)
  }

  /** Judges what must hold when all is over. */
  async atTheEnd(world: World): Promise<void> {
    await this.#examine(world, atTheEnd)
    for (const what of this.#acknowledged.lost()) this.#find('nothingAcknowledgedIsLost', what)
    for (const what of this.#disk.forgotten) this.#find('nothingCommittedIsLost', what)
    for (const what of this.#marked.unmarked()) this.#find('everyRequestIsMarked', what)
  }

  get violations(): readonly Violation[] {
    return this.#violations
  }

  /** Throws, naming each, when a promise was broken. */
  acquit(): void {
    if (this.#violations.length === 0) return
    const named = this.#violations.map(({ invariant, what }) => `  ${invariant}: ${what}`)
    throw new CallchartError({
      code: 'world.broken',
      what: `${named.length} promise(s) were broken:\n${named.join('\n')}\n`,
      fix: 'Look at world.records and world.emulator.record for how it came about.',
    })
  }

  async #examine(world: World, invariants: typeof atPeace): Promise<void> {
    const keys = this.#disk.keys()
    const evidence = { world, charts: this.charts, disk: this.#disk, keys }
    for (const [name, invariant] of Object.entries(invariants)) {
      for (const what of await invariant(evidence)) this.#find(name, what)
    }
  }

  #find(invariant: string, what: string): void {
    this.#violations.push({ invariant, what })
  }
}
