import { expect, test } from 'vitest'
import { Scene } from '../../src/cli/demo/scene.ts'
import { servingPatiently } from '../cli/callchart.ts'

const fair = { calls: 3, ended: 3, violations: [] }

test.each(['answer', 'subscribeToTone', 'transfer'])(
  'three calls go on when the engine dies between asking for %s and hearing of it',
  async (method) => {
    await using scene = await Scene.open({ engine: servingPatiently() })
    const asked = scene.asked(method)
    for (let count = 0; count < 3; count++) scene.ring()
    await asked
    await scene.engine.kill()
    await scene.restart()
    expect(await scene.verdict()).toMatchObject(fair)
  },
)

test('a prompt that plays, without the engine having heard so, is not played twice', async () => {
  await using scene = await Scene.open({ engine: servingPatiently() })
  scene.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'playPrompt' ? { kind: 'cut', moment: 'after' } : undefined,
  })
  const asked = scene.asked('playPrompt')
  for (let count = 0; count < 3; count++) scene.ring('prompt')
  await asked
  await scene.emulator.idle()
  await scene.engine.kill()
  await scene.restart()
  for (const caller of scene.callers) caller.goOn()
  expect(await scene.verdict()).toMatchObject(fair)
})

test('calls that wait at every stage go on where they were', async () => {
  await using scene = await Scene.open({ engine: servingPatiently() })
  scene.staffDesk(false)
  for (const stage of ['prompt', 'choosing', 'transferring'] as const) scene.ring(stage)
  await scene.until('all wait', () => scene.callers.every(({ waits }) => waits))
  await scene.emulator.idle()
  await scene.engine.kill()
  const [listener] = scene.callers
  listener?.goOn()
  await scene.restart()
  scene.pickUpAll()
  scene.staffDesk(true)
  for (const caller of scene.callers) caller.goOn()
  expect(await scene.verdict()).toMatchObject(fair)
})
