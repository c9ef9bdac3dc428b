import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from '../../src/cli/freePort.ts'
import { frontDesk, start } from './callchart.ts'

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
