/** The judge: looks on while a world plays, and says which promises were broken. */
import type { Charts } from '../../../engine/charts.ts'
import type { Evidence, Invariant, Moment } from '../../invariants/invariant.ts'
import { promises } from '../../invariants/promises.ts'
import type { World } from '../../world.ts'
import type { SimulatedDisk } from '../disk.ts'
import type { Host } from '../network.ts'
import { Acknowledged } from './acknowledged.ts'
import { Marked } from './marked.ts'

/** One promise that was broken. */
export type Violation = { readonly invariant: string; readonly what: string }

export class Judge {
  /** What the bot runs; another release of it may bring others. */
  charts: Charts
  readonly #disk: SimulatedDisk
  readonly #invariants: Invariant[]
  readonly #acknowledged: Acknowledged
  readonly #marked: Marked
  readonly #violations = new Map<string, Violation>()

  /** `invariants` are judged beside the engine's own promises. */
  constructor(charts: Charts, disk: SimulatedDisk, invariants: readonly Invariant[]) {
    this.charts = charts
    this.#disk = disk
    this.#invariants = [...promises, ...invariants]
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

  /** Judges these too, each at its moment. */
  add(invariants: readonly Invariant[]): void {
    this.#invariants.push(...invariants.filter((each) => !this.#invariants.includes(each)))
  }

  /** Whether it is judged by itself, at its moment. */
  judges(invariant: Invariant): boolean {
    return this.#invariants.includes(invariant)
  }

  /** Judges what must hold at this moment, and what was noticed until now. */
  async judge(world: World, moment: Moment): Promise<void> {
    await this.examine(
      world,
      this.#invariants.filter(({ when }) => when === moment),
    )
    if (moment !== 'always') return
    for (const what of this.#acknowledged.lost()) this.#find('nothingAcknowledgedIsLost', what)
    for (const what of this.#disk.forgotten) this.#find('nothingCommittedIsLost', what)
    for (const what of this.#marked.unmarked()) this.#find('everyRequestIsMarked', what)
  }

  /** Looks whether these hold now. */
  async examine(world: World, invariants: readonly Invariant[]): Promise<void> {
    if (invariants.length === 0) return
    const { charts } = this
    const disk = this.#disk
    const evidence: Evidence = {
      ...{ world, charts, disk, keys: disk.keys() },
      get calls() {
        return world.heldCalls
      },
    }
    for (const { name, look } of invariants) {
      for (const what of await look(evidence)) this.#find(name, what)
    }
  }

  get violations(): readonly Violation[] {
    return [...this.#violations.values()]
  }

  #find(invariant: string, what: string): void {
    this.#violations.set(`${invariant} ${what}`, { invariant, what })
  }
}
