/** A real disk that fills up under a real engine: it says 503, loses nothing, and goes on when there is room. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { serving } from '../../src/cli/demo/engineProcess.ts'
import { Scene } from '../../src/cli/demo/scene.ts'
import { cramped, giveRoom, rooms } from './cramped.ts'

const chart = pathOf('../kill/chart.ts')
const engine = serving(chart, '--prompts', pathOf('../../examples/front-desk/prompts'))

/** Enough to start and for some calls. */
const ROOM_KIB = 1_024

/** Anything may take this long on a busy machine; it takes a second or two. */
const PATIENCE = { timeout: 120_000, interval: 20 }

test.each(rooms)(
  'no room left (%s) is answered 503; with room every call comes to its end',
  async (room) => {
    const patienceMs = PATIENCE.timeout
    await using scene = await Scene.open({ engine: cramped(room, ROOM_KIB, engine), patienceMs })
    await expect
      .poll(() => {
        if (refused(scene) === 0) scene.ring()
        return refused(scene)
      }, PATIENCE)
      .toBeGreaterThan(0)
    scene.ring()
    giveRoom(room, scene.engine.pid, scene.folder)
    const { calls, ended, violations } = await scene.verdict()
    expect(violations).toEqual([])
    expect(ended).toBe(calls)
  },
)

/** How many notifications were told to come again, and are still to come. */
function refused({ emulator }: Scene): number {
  return emulator.record.filter(
    (entry) => entry.kind === 'notification' && entry.outcome === 'pending' && entry.status === 503,
  ).length
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
