/** Deployments with real processes: the next one is started while the one before still has calls. */
import { expect, test } from 'vitest'
import type { EngineProcess } from '../../src/cli/demo/engineProcess.ts'
import { Scene } from '../../src/cli/demo/scene.ts'
import { servingPatiently } from './callchart.ts'

const switches = { answerTimeoutMs: 600_000, redeliveryLongestMs: 1_000 }

/** Starts the next deployment beside the one at work, and lets that one go. */
async function deploy(scene: Scene): Promise<void> {
  const before: EngineProcess = scene.engine
  const next = scene.start()
  await next.waiting
  const gone = before.stop()
  await next.listening
  expect(await gone).toBe(0)
}

test('twenty calls go through two deployments: no notification is lost, nothing is asked twice', async () => {
  await using scene = await Scene.open({
    engine: servingPatiently(),
    switches,
  })
  scene.staffDesk(true)
  const stages = ['prompt', 'choosing', undefined, 'connected'] as const
  for (let index = 0; index < 12; index++) scene.ring(stages[index % 4])
  await scene.asked('playPrompt')
  await deploy(scene)
  for (const caller of scene.callers.slice(0, 4)) caller.goOn()
  for (let index = 12; index < 20; index++) scene.ring(stages[index % 4])
  await scene.asked('answer')
  await deploy(scene)
  for (const caller of scene.callers) caller.goOn()
  const verdict = await scene.verdict()
  expect(verdict).toMatchObject({ calls: 20, ended: 20, repeated: 0, violations: [] })
})

test('a bot told to stop waits for its calls when asked to, and turns new ones away meanwhile', async () => {
  await using scene = await Scene.open({
    engine: servingPatiently('--drain-seconds', '60'),
    switches,
  })
  scene.staffDesk(true)
  const talking = scene.ring('prompt')
  await scene.until('the prompt plays', () => talking.waits)
  const before = scene.engine
  const gone = before.stop()
  expect(await unready(scene)).toMatchObject({ ready: false, calls: 1 })
  const late = scene.ring()
  talking.goOn()
  expect(await gone).toBe(0)
  expect([talking.stage, late.stage]).toEqual(['ended', 'ringing'])
  await scene.restart()
  expect(await scene.verdict()).toMatchObject({ calls: 2, ended: 2, violations: [] })
})

/** What the bot says of itself once it has heard that it shall stop. */
async function unready(scene: Scene): Promise<unknown> {
  const health = await fetch(`${scene.url}/readyz`)
  return health.ok ? unready(scene) : health.json()
}
