import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emulatedBot, emulatedEnvironment } from '../../src/cli/emulated.ts'
import { freePort } from '../../src/cli/freePort.ts'
import { createEmulator } from '../../src/emulator/index.ts'
import { bot, callchart, frontDesk, start } from './callchart.ts'

const environment = emulatedEnvironment({
  emulatorUrl: 'http://localhost:1',
  publicUrl: 'http://localhost:0',
})

describe('callchart serve refuses', () => {
  test.each([
    ['a file that is not there', ['./nowhere.ts'], 'There is no file ./nowhere.ts.'],
    ['a module without a chart', [bot('noChart.ts')], 'exports no chart; it exports greeting'],
    ['to choose between charts', [bot('twoCharts.ts')], 'Choose with --chart: day, night.'],
    ['a chart nobody exports', [frontDesk, '--chart', 'desk'], 'Choose with --chart: frontDesk.'],
    ['a chart that is not pure', [bot('impure.ts')], "has action 'log' that is a plain function"],
    ['a module that throws', [bot('broken.js')], 'the author made a mistake'],
    ['prompts that are not there', [frontDesk, '--prompts', './no'], 'There is no folder ./no.'],
  ])('%s', async (_, args, said) => {
    const { code, stderr } = await callchart(['serve', ...args], {
      environment: { ...environment, CALLCHART_DATABASE: ':memory:' },
    })
    expect(stderr).toContain(said)
    expect(code).toBe(1)
  })

  test('to start without its variables, and names them', async () => {
    const { code, stderr } = await callchart(['serve', frontDesk])
    expect(code).toBe(1)
    for (const name of ['PUBLIC_URL', 'APP_ID', 'APP_SECRET', 'TENANT_ID'])
      expect(stderr).toContain(`CALLCHART_${name}`)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

test('callchart serve tells where it is, takes a call, and closes when asked to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callchart-serve-'))
  const publicUrl = `http://127.0.0.1:${await freePort()}`
  await using emulator = createEmulator({
    apps: [{ ...emulatedBot, webhook: `${publicUrl}/api/calls` }],
  })
  const emulatorUrl = await emulator.listen()
  await using serving = start(['serve', frontDesk, '--verbose'], {
    environment: {
      ...emulatedEnvironment({ emulatorUrl, publicUrl }),
      PORT: new URL(publicUrl).port,
      CALLCHART_DATABASE: join(folder, 'calls.db'),
    },
  })
  await serving.said(/taken up +0 calls/)
  expect(serving.stdout).toContain('front-desk version 1')
  expect(serving.stdout).toContain(`public     ${publicUrl}/api/calls`)
  emulator.ring({ from: 'ann@contoso.com' })
  await serving.said(/← transfer/)
  await serving.said(/signalling.transferring/)
  expect(await serving.end('SIGTERM')).toBe(0)
  await rm(folder, { recursive: true })
})
