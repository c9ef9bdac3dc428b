/**
 * The kill campaign: callers ring without end while the engine's process is killed, round after round, at
 * moments that nobody chose. The emulator, in this process, lives on, and its ledger is what is judged.
 */
import type { Violation } from '../../src/cli/demo/judge.ts'
import { Scene } from '../../src/cli/demo/scene.ts'
import { Chance } from './chance.ts'
import { keepCompiled } from './compiled.ts'
import { engineCommand } from './engineCommand.ts'
import { Load } from './load.ts'
import type { SabotageName } from './sabotage.ts'

export type CampaignOptions = {
  readonly rounds: number
  readonly seed: number
  readonly sabotage?: SabotageName | undefined
  /** How long calls may take to end once the killing is over. */
  readonly patienceMs?: number
  readonly progress?: (soFar: Report) => void
}

export type Report = {
  readonly rounds: number
  readonly calls: number
  readonly ended: number
  readonly acknowledged: number
  readonly requests: number
  readonly repeated: number
  readonly restarts: number
  readonly violations: readonly Violation[]
}

/** Rounds played on one database, before it is judged and a new one is begun. */
const ROUNDS_A_SCENE = 20

/** The longest an engine that listens is let live. */
const LONGEST_LIFE_MS = 1_200

/** The longest an engine is let start before it is killed, where it is killed while it starts. */
const LONGEST_START_MS = 900

const LARGEST_SEED = 2 ** 31 - 1

/**
 * Told again after a second at most, so that an engine that comes back has heard what it was not told long
 * before it gives up looking for evidence, however long it was away.
 */
const switches = { redeliveryLongestMs: 1_000 }

/** What a kill waits for where it waits for the instant Graph has done something that must not be done twice. */
const onceOnly: readonly string[] = ['playPrompt', 'transfer']

/** The most of them that are let pass. */
const MOST_DEEDS = 8

/** How long such a kill waits for its instant. */
const DEEDS_PATIENCE_MS = 5_000

export async function campaign(options: CampaignOptions): Promise<Report> {
  await keepCompiled()
  const chance = new Chance(options.seed)
  let report = nothing
  while (report.rounds < options.rounds) {
    const rounds = Math.min(ROUNDS_A_SCENE, options.rounds - report.rounds)
    report = sum(report, await playScene(rounds, chance, options))
    options.progress?.(report)
  }
  return report
}

async function playScene(
  rounds: number,
  chance: Chance,
  { sabotage, patienceMs = 60_000 }: CampaignOptions,
): Promise<Report> {
  const engine = engineCommand(sabotage)
  await using scene = await Scene.open({ engine, patienceMs, switches })
  const load = new Load(scene, new Chance(chance.upTo(LARGEST_SEED)))
  let restarts = 0
  for (let round = 0; round < rounds; round++) {
    await load.answered()
    await lifeOf(scene, chance)
    await scene.engine.kill()
    restarts += 1
    if (chance.upTo(3) === 0) {
      const starting = scene.start()
      await pause(chance.upTo(LONGEST_START_MS))
      await starting.kill()
      restarts += 1
    }
    await scene.restart()
  }
  load.stop()
  return { rounds, restarts, ...(await scene.verdict()) }
}

/** Resolves when the engine is to die: some time on, or the instant Graph did what it must not do twice. */
async function lifeOf(scene: Scene, chance: Chance): Promise<void> {
  if (chance.upTo(1) === 0) await pause(chance.upTo(LONGEST_LIFE_MS))
  else await Promise.race([deeds(scene, chance.upTo(MOST_DEEDS)), pause(DEEDS_PATIENCE_MS)])
}

/** Resolves when so many have passed and one more is done, before its answer is sent. */
function deeds({ emulator }: Scene, count: number): Promise<void> {
  let left = count
  return new Promise((resolve) => {
    const stopListening = emulator.events((entry) => {
      if (entry.kind !== 'request' || !onceOnly.includes(entry.method)) return
      if (left-- > 0) return
      stopListening()
      resolve()
    })
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const nothing: Report = {
  rounds: 0,
  calls: 0,
  ended: 0,
  acknowledged: 0,
  requests: 0,
  repeated: 0,
  restarts: 0,
  violations: [],
}

function sum(one: Report, other: Report): Report {
  return {
    rounds: one.rounds + other.rounds,
    calls: one.calls + other.calls,
    ended: one.ended + other.ended,
    acknowledged: one.acknowledged + other.acknowledged,
    requests: one.requests + other.requests,
    repeated: one.repeated + other.repeated,
    restarts: one.restarts + other.restarts,
    violations: [...one.violations, ...other.violations],
  }
}
