/** A world, begun. */
import type { AnyStateMachine } from 'xstate'
import type { BotCharts } from '../engine/charts.ts'
import { World } from './world.ts'
import type { WorldOptions } from './worldOptions.ts'

/**
 * A bot under test, answering calls in an emulated Graph: its chart, or all that it runs.
 *
 * @example
 * await using world = await emulate(frontDesk)
 * const call = await world.ring({ from: 'bob@fabrikam.com' })
 */
export async function emulate(
  bot: AnyStateMachine | BotCharts,
  options: WorldOptions = {},
): Promise<World> {
  const world = new World(bot, options)
  world.process.boot()
  await world.passage.settle()
  return world
}
