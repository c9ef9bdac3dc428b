/** Prompts of several charts: each plays out of its own folder, or out of that of all. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { callChart, callSetup } from 'callchart/machines'
import { emulate } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { silentWav } from '../../src/emulator/index.ts'
import { createBot } from '../../src/index.ts'
import { config } from '../../src/testkit/underTest.ts'
import { temporaryFolder } from '../snapshots/folder.ts'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'greeting' } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': 'over', 'prompt.failed': 'silent' },
    },
    over: {},
    silent: {},
  },
})
const chartOf = (id: string) => callSetup.createMachine(callChart({ id, version: '1', scenario }))

/** A folder whose welcome takes so long. */
function folderOf(seconds: number): string {
  const folder = join(temporaryFolder(), 'prompts')
  mkdirSync(folder)
  writeFileSync(join(folder, 'welcome.wav'), silentWav(seconds * 1_000))
  return folder
}

const day = chartOf('day')
const night = chartOf('night desk/2')

test('charts play what one name means in their own folder', async () => {
  const charts = [{ chart: day }, { chart: night, promptsFolder: folderOf(9) }]
  const choose = ({ source }: { readonly source: { readonly domain?: string | undefined } }) =>
    source.domain === 'contoso.com' ? day.id : night.id
  await using world = await emulate(
    { charts, choose },
    { promptsFolder: folderOf(3), switches: { prompts: 'timed' } },
  )
  const short = await world.ring({ from: 'ann@contoso.com' })
  const long = await world.ring({ from: 'bob@fabrikam.com' })
  await world.advance(6_000)
  expect(short.states).toContain('scenario.over')
  expect(long.states).toContain('scenario.greeting')
  await world.advance(6_000)
  expect(long.states).toContain('scenario.over')
})

test('a chart whose own folder lacks a prompt does not take it from that of all', async () => {
  const empty = join(temporaryFolder(), 'empty')
  mkdirSync(empty)
  await using world = await emulate(
    { charts: [{ chart: day, promptsFolder: empty }] },
    { promptsFolder: folderOf(3), switches: { prompts: 'timed' } },
  )
  const call = await world.ring({ from: 'ann@contoso.com' })
  await world.advance(6_000)
  expect(call.states).toContain('scenario.silent')
})

test('a folder that is not there is told at start, of a chart too', async () => {
  const folder = join(temporaryFolder(), 'nowhere')
  const missing = { code: 'prompts.missing', message: expect.stringContaining(folder) }
  await expect(createBot({ chart: day, config, promptsFolder: folder })).rejects.toMatchObject(
    missing,
  )
  const charts = [{ chart: day, promptsFolder: folder }]
  await expect(createBot({ charts, config })).rejects.toMatchObject(missing)
  await expect(emulate({ charts })).rejects.toMatchObject(missing)
})
