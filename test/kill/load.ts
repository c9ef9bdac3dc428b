/** Callers without end: as soon as fewer than so many are on the line, another one rings. */
import type { Caller, Stage } from '../../src/cli/demo/caller.ts'
import type { Scene } from '../../src/cli/demo/scene.ts'
import type { Chance } from './chance.ts'

/** How many callers are on the line at once. */
const CALLERS = 30

const RING_EVERY_MS = 40

/** How long a caller listens to the prompt or thinks about which key to press; shorter than evidence is sought. */
const LONGEST_PAUSE_MS = 1_500

/** Graph gives up on a call that rings for 15 s: somebody who has rung for this long is answered before a kill. */
const LONG_RINGING_MS = 3_000

const LOOK_EVERY_MS = 50

const stages: readonly [Stage, ...(Stage | undefined)[]] = ['prompt', 'choosing', undefined]

export class Load {
  readonly #scene: Scene
  readonly #chance: Chance
  readonly #ringing: NodeJS.Timeout
  readonly #pauses = new Set<Caller>()
  readonly #rangMs = new Map<Caller, number>()

  constructor(scene: Scene, chance: Chance) {
    this.#scene = scene
    this.#chance = chance
    this.#ringing = setInterval(() => this.#ring(), RING_EVERY_MS)
    scene.emulator.events(() => this.#pauseAll())
  }

  /** Nobody rings any more; those on the line go on. */
  stop(): void {
    clearInterval(this.#ringing)
  }

  /** Resolves when nobody has been ringing for long. */
  async answered(): Promise<void> {
    while (this.#ringsLong()) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }

  #ring(): void {
    const onTheLine = this.#scene.callers.filter(({ stage }) => stage !== 'ended').length
    if (onTheLine >= CALLERS) return
    this.#rangMs.set(this.#scene.ring(this.#chance.pick(stages)), Date.now())
  }

  #ringsLong(): boolean {
    const sinceMs = Date.now() - LONG_RINGING_MS
    return [...this.#rangMs].some(([{ stage }, atMs]) => stage === 'ringing' && atMs < sinceMs)
  }

  /** Whoever has come to where they wait goes on after a while. */
  #pauseAll(): void {
    for (const caller of this.#scene.callers) {
      if (!caller.waits || this.#pauses.has(caller)) continue
      this.#pauses.add(caller)
      setTimeout(() => caller.goOn(), this.#chance.upTo(LONGEST_PAUSE_MS))
    }
  }
}
