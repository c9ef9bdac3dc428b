import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../snapshots/index.ts'
import { Scene } from '../../src/cli/demo/scene.ts'
import { firstCommit } from '../snapshots/examples.ts'
import { temporaryFolder } from '../snapshots/folder.ts'
import { callchart, frontDesk, patientDesk, servingPatiently } from './callchart.ts'

test('a backup taken while a bot works, restored after its calls have moved on, costs no call', async () => {
  await using scene = await Scene.open({ engine: servingPatiently() })
  scene.staffDesk(true)
  const [talking, leaving] = [scene.ring('choosing'), scene.ring('choosing')]
  await scene.until('both choose', () => talking.waits && leaving.waits)
  const database = join(scene.folder, 'calls.db')
  const copy = join(scene.folder, 'backup.db')
  const backedUp = await callchart(['backup', database, copy, '--json'])
  expect(JSON.parse(backedUp.stdout)).toMatchObject({ backup: copy, live: 2 })
  leaving.goOn()
  await scene.until('one of them ends', () => leaving.stage === 'ended')
  const late = scene.ring('choosing')
  await scene.until('another one rings', () => late.waits)
  await scene.engine.stop()

  const restored = join(scene.folder, 'restored.db')
  expect((await callchart(['restore', copy, restored, '--bot', patientDesk])).code).toBe(0)
  await scene.restart(restored)
  talking.goOn()
  late.goOn()
  await scene.until('the call goes on to its end', () => talking.stage === 'ended')
  // The backup knew nothing of it: it is taken up, and the bot begins with it anew.
  await scene.until('the later call is greeted again', () => late.stage === 'prompt')
  await scene.emulator.idle()
  await scene.engine.stop()
  const store = openSqliteStore(restored, { readOnly: true })
  expect(await store.counts()).toEqual({ live: 1, ended: 2 })
  await store.close()
})

test('restoring refuses a backup whose calls the bot could not go on with', async () => {
  const folder = temporaryFolder()
  const store = openSqliteStore(join(folder, 'calls.db'))
  await store.commit([firstCommit('a')])
  await store.close()
  const to = join(folder, 'restored.db')
  const { code, stderr } = await callchart([
    'restore',
    join(folder, 'calls.db'),
    to,
    '--bot',
    frontDesk,
  ])
  expect(code).toBe(1)
  expect(stderr).toContain("1 on 'desk' version 1 (a)")
  expect((await callchart(['backup', to, join(folder, 'copy.db')])).stderr).toContain(
    `There is no database ${to}.`,
  )
})
