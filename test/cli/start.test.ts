import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../../src/cli/freePort.ts'
import { bot, callchart, frontDesk, start } from './callchart.ts'

test('callchart start shows a call from ring to end, then stays until asked to go', async () => {
  await using starting = start([
    'start',
    frontDesk,
    ...['--from', 'ann@contoso.com'],
    ...['--port', '0', '--emulator-port', '0'],
  ])
  await starting.said(/npx callchart sim ring --from bob@fabrikam.com --url http:\S+/)
  const told = starting.stdout.split('\n').map((line) => line.slice(18))
  expect(told).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^● ann@contoso.com rang/),
      expect.stringMatching(/^← answer/),
      expect.stringMatching(/^→ callState.established +desk signalling.established/),
      expect.stringMatching(/^← transfer/),
      expect.stringMatching(/^→ callState.terminated +ended signalling.terminated/),
    ]),
  )
  expect(await starting.end('SIGINT')).toBe(0)
})

test('callchart start knows the app of every chart, and rings the first', async () => {
  const ports = ['--port', '0', '--emulator-port', '0']
  await using starting = start(['start', bot('severalApps.ts'), ...ports])
  await starting.said(/npx callchart sim ring/)
  expect(starting.stdout).toMatch(/← answer[\s\S]*← hangUp/)
  expect(starting.stdout + starting.stderr).not.toContain('night-secret')
})

test('a port that is taken is replaced, and that is said', async () => {
  const port = await freePort()
  const taker = createServer().listen(port, '127.0.0.1')
  await using starting = start([
    'start',
    frontDesk,
    '--no-caller',
    ...['--port', String(port), '--emulator-port', '0'],
  ])
  await starting.said(new RegExp(`\\(port ${port} is taken\\)`))
  taker.close()
})

test('--inspect shows calls on a page of this machine, and is off without it', async () => {
  const ports = ['--port', '0', '--emulator-port', '0']
  await using inspecting = start(['start', frontDesk, '--no-caller', '--inspect', ...ports])
  await inspecting.said(/npx callchart sim ring/)
  const [, url = ''] = /inspector +(http:\/\/127\.0\.0\.1:\d+\/\S+)/.exec(inspecting.stdout) ?? []
  expect(await (await fetch(url)).text()).toContain('stately.ai')
  await using other = start(['start', frontDesk, '--no-caller', ...ports])
  await other.said(/npx callchart sim ring/)
  expect(other.stdout).not.toContain('inspector')
})

test('--inspect sends nothing unprotected to another machine', async () => {
  const { code, stderr } = await callchart([
    ...['start', frontDesk, '--no-caller', '--port', '0', '--emulator-port', '0'],
    ...['--inspect', 'ws://inspector.contoso.com'],
  ])
  expect(stderr).toContain('Give ws://localhost:PORT, or wss:// for another machine')
  expect(code).toBe(1)
})

test('a prompt that is not in the folder is told at once, and again with why Graph did not play it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callchart-prompts-'))
  const ports = ['--port', '0', '--emulator-port', '0']
  await using starting = start(['start', frontDesk, '--prompts', folder, ...ports])
  await starting.said(/npx callchart sim ring/)
  const told = starting.stdout.replace(/\s+/g, ' ')
  expect(told).toMatch(/✗ prompt There is no welcome\.wav in .*→ Put it there: WAV.* rang/)
  expect(told).toMatch(/✗ playPrompt failed 400\/8536 .* could not be downloaded/)
  await rm(folder, { recursive: true })
})
