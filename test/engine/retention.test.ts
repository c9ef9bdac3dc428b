import { expect, test } from 'vitest'
import { patientDesk } from '../kill/chart.ts'
import { Rig } from './rig.ts'

const DAY_MS = 24 * 60 * 60_000

test('calls that ended longer ago than they are kept are removed; live ones stay', async () => {
  await using rig = await Rig.open(patientDesk, { retentionDays: 1 })
  const [old, live] = [await rig.ring(), await rig.ring()]
  old.hangUp()
  await rig.advance(DAY_MS - 60_000)
  const young = await rig.ring()
  young.hangUp()
  await rig.advance(2 * 60 * 60_000)
  expect(await rig.stored()).toEqual([live.id, young.id].toSorted())
})

test('by default calls are kept for ever', async () => {
  await using rig = await Rig.open(patientDesk)
  const old = await rig.ring()
  old.hangUp()
  await rig.advance(3 * DAY_MS)
  expect(await rig.stored()).toEqual([old.id])
})
