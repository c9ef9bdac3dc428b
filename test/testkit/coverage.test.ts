import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coverage, coverageIn, emulate, type WorldOptions } from 'callchart/testkit'
import { afterEach, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { callchart } from '../cli/callchart.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callchart-coverage-'))
  folders.push(folder)
  return folder
}

async function pressing(keys: string, options: WorldOptions): Promise<void> {
  await using world = await emulate(frontDesk, options)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await call.press(keys)
}

test('one call shows what it went through and what it did not', async () => {
  const seen = coverage(frontDesk)
  await pressing('1', { coverage: seen })
  expect(seen.report()).toBe(`front-desk 1, 1 call: 5 of 7 states (71 %), 3 of 7 transitions (42 %)
  scenario
    never entered  scenario.ended
    never entered  scenario.goodbye
    never taken    scenario  call.terminated → scenario.ended
    never taken    scenario.choosing  after 10000 → scenario.goodbye
    never taken    scenario.greeting  prompt.failed → scenario.choosing
    never taken    scenario.waiting  call.established [isStaff] → scenario.desk
  not counted, in every call: audio 0 %, holdMusic 0 %, largeGallery 0 %, liveness 3 %, media 23 %, recordingStatus 0 %, screenSharing 0 %, signalling 4 %, topology 5 %`)
})

test('several tests together show more, and a threshold says when it is not enough', async () => {
  const seen = coverage(frontDesk)
  await pressing('1', { coverage: seen })
  expect(() => seen.require({ statesPercent: 100 })).toThrow('never entered  scenario.goodbye')
  await using world = await emulate(frontDesk, { coverage: seen })
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await world.advance(60_000)
  expect(seen.covered).toMatchObject({ calls: 2, states: { percent: 100, unseen: [] } })
  seen.require({ statesPercent: 100, transitionsPercent: 70 })
})

test('a world without it is not counted, nor is what the judge repeats', async () => {
  const seen = coverage(frontDesk)
  await pressing('1', {})
  await using world = await emulate(frontDesk, { coverage: seen })
  await world.ring({ from: 'ann@contoso.com' })
  const before = JSON.stringify(seen)
  await world.checkInvariants()
  expect(JSON.stringify(seen)).toBe(before)
  expect(seen.covered.calls).toBe(1)
})

test('what several processes saw is put together, and the command tells it', async () => {
  const folder = newFolder()
  const [one, other] = [coverage(frontDesk, { folder }), coverage(frontDesk, { folder })]
  await pressing('1', { coverage: one })
  await pressing('2', { coverage: other })
  await pressing('2', { coverage: other })
  expect(coverageIn(folder, frontDesk)).toMatchObject({
    chart: 'front-desk',
    version: '1',
    states: { 'scenario.desk': 1 },
    transitions: { 'scenario.choosing|tone.received|0': 1 },
  })
  const out = join(folder, 'all.txt')
  const bot = 'examples/front-desk/chart.ts'
  const told = await callchart(['coverage', bot, '--from', folder, '--out', out])
  expect(told).toMatchObject({ code: 0, stderr: '' })
  expect(told.stdout).toContain('never entered  scenario.goodbye')
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual([coverageIn(folder, frontDesk)])
  const tooLow = await callchart(['coverage', bot, '--from', folder, '--states', '90'])
  expect(tooLow.code).toBe(1)
  expect(tooLow.stderr).toContain('less than 90 % of the states')
})

test('what cannot be read says which file, and a folder that is not there how to fill it', () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'front-desk.json'), '{}')
  expect(() => coverageIn(folder, frontDesk)).toThrow('front-desk.json is not what a test has seen')
  expect(() => coverageIn(join(folder, 'absent'), frontDesk)).toThrow('There is no folder')
  expect(() => coverageIn(import.meta.filename, frontDesk)).toThrow('There is no folder')
})
