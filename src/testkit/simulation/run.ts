/** One run: a traffic played on a world of its own, and what the judge found. */
import { createHash } from 'node:crypto'
import type { AnyStateMachine } from 'xstate'
import type { Switches } from '../../emulator/index.ts'
import type { BotCharts } from '../../engine/charts.ts'
import { seededRandom } from '../../random.ts'
import { emulate } from '../emulate.ts'
import { testOf } from '../script/test.ts'
import { trafficCode } from '../script/traffic.ts'
import type { World } from '../world.ts'
import type { WorldOptions } from '../worldOptions.ts'
import type { FaultKind } from './faults.ts'
import type { Violation } from './judge/judge.ts'
import type { Traffic } from './traffic.ts'

export type RunOptions = Pick<WorldOptions, 'promptsFolder' | 'roundTrip' | 'sabotage'>

/** What one run came to. */
export type Outcome = {
  readonly violations: readonly Violation[]
  readonly struck: ReadonlyMap<FaultKind, number>
  readonly calls: number
  readonly requests: number
  readonly notifications: number
  readonly commits: number
  readonly simulatedMs: number
  /** Of all that Graph, the network and the disk saw: the same for the same traffic. */
  readonly digest: string
}

/** Plays a traffic; a world that breaks down is a violation too. */
export async function run(
  bot: AnyStateMachine | BotCharts,
  traffic: Traffic,
  options: RunOptions = {},
): Promise<Outcome> {
  const { roundTrip, ...others } = worldOf(traffic)
  await using world = await emulate(bot, { roundTrip, ...options, ...others })
  const startMs = world.clock.now()
  const broken: Violation[] = []
  try {
    await world.play(traffic)
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    broken.push({ invariant: 'nothingBreaksDown', what })
  }
  return outcomeOf(world, startMs, broken)
}

/** The world that a traffic is played in. */
function worldOf({ seed }: Traffic) {
  // Every other world reads each call back from its text; the rest keep it in memory, as production does.
  return { seed, roundTrip: seed % 2 === 0, switches: switchesOf(seed) }
}

/** A test that plays the traffic in the same world, of a bot whose only chart has this id. */
export function testOfRun(chartId: string, traffic: Traffic, options: RunOptions): string {
  const { roundTrip, ...others } = worldOf(traffic)
  const play = `await world.play(${trafficCode(traffic)})`
  const check = 'await world.checkInvariants()'
  const lines = [play, check].map((code) => ({ code }))
  const title = `seed ${traffic.seed}`
  return testOf(
    { chartId, options: { roundTrip, ...options, ...others }, lines, imports: [] },
    { title },
  )
}

function outcomeOf(world: World, startMs: number, broken: readonly Violation[]): Outcome {
  const { record } = world.emulator
  const count = (kind: string) => record.filter((entry) => entry.kind === kind).length
  return {
    violations: [...broken, ...world.judge.violations],
    struck: world.mishaps.struck,
    calls: world.emulator.calls.length,
    requests: count('request'),
    notifications: count('notification'),
    commits: world.disk.commits.length,
    simulatedMs: world.clock.now() - startMs,
    digest: createHash('sha256')
      .update(JSON.stringify([record, world.disk.commits, world.records]))
      .digest('hex'),
  }
}

/** The choices the documentation leaves open, another set for every seed. */
function switchesOf(seed: number): Partial<Switches> {
  const bytes = seededRandom(seed + 3)(new Uint8Array(8))
  const draw = <Choice>(index: number, first: Choice, ...others: readonly Choice[]) =>
    [first, ...others][(bytes[index] ?? 0) % (others.length + 1)] ?? first
  return {
    prompts: draw(0, 'timed', 'manual'),
    mediaState: draw(1, 'separate', 'included', 'never'),
    ringingState: draw(2, true, false),
    farEndTerminating: draw(3, true, false),
    escalatedRoster: draw(4, 'silent', 'live'),
    notifyBeforeResponse: draw(5, false, true),
    firstNotification: draw(6, 'graph', 'graph', 'legacy'),
    establishDelayMs: draw(7, 0, 300, 5_000),
  }
}
