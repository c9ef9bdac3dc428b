/** What must never be written: a run's log and database, read byte for byte. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { emulatedBot, emulatedEnvironment } from '../../src/cli/emulated.ts'
import { freePort } from '../../src/cli/freePort.ts'
import { createEmulator } from '../../src/emulator/index.ts'
import { frontDesk, start } from '../cli/callchart.ts'
import { openDoor, SECRET } from './door.ts'
import { update } from './told.ts'

/** A signed token, the bot's or Graph's, wherever it is quoted. */
const TOKEN = /eyJ[\w-]{10,}|Bearer /
const TONE = /"tone\d+"|tone\\?"\s*:\s*\\?"[a-z]/
const PEOPLE = /bob|fabrikam|desk@|contoso|14255550/i

test('a whole run of serve --json writes no secret, token or tone, and logs no name or number', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callchart-secrets-'))
  const publicUrl = `http://127.0.0.1:${await freePort()}`
  await using emulator = createEmulator({
    apps: [{ ...emulatedBot, secret: SECRET, webhook: `${publicUrl}/api/calls` }],
    switches: { prompts: 'manual' },
  })
  const emulatorUrl = await emulator.listen()
  await using serving = start(['serve', frontDesk, '--json'], {
    environment: {
      ...emulatedEnvironment({ emulatorUrl, publicUrl, secret: SECRET }),
      PORT: new URL(publicUrl).port,
      CALLCHART_DATABASE: join(folder, 'calls.db'),
    },
  })
  await serving.said(/"kind":"listening"/)
  for (const from of ['bob@fabrikam.com', '+14255550100']) {
    const call = emulator.ring({ from })
    const told = (what: string) => serving.said(new RegExp(`"key":"${call.id}".*${what}`))
    await told('"effect":"playPrompt".*"status":"running"')
    call.finishPrompt()
    await told('"effect":"subscribeToTone".*"status":"done"')
    await call.press('1')
    await told('"effect":"transfer","command":"[^"]*","status"')
    call.hangUp()
    await told('"event":"callState.terminated"')
  }
  expect(await serving.end('SIGTERM')).toBe(0)

  const log = serving.stdout + serving.stderr
  const names = await readdir(folder)
  const stored = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))
  for (const text of [log, ...stored]) {
    expect(text).not.toContain(SECRET)
    expect(text).not.toMatch(TOKEN)
    expect(text).not.toMatch(TONE)
  }
  expect(log).not.toMatch(PEOPLE)
  expect(stored.join('')).toMatch(PEOPLE)
  await rm(folder, { recursive: true })
})

const said = 'Cannot reach +1 425 555 0100 (tel:14255550100), bob@fabrikam.com.'

test.each([400, 401, 403, 404, 500])(
  'a failure tells no name and no number that Graph quotes in its answer %i',
  async (status) => {
    await using door = await openDoor({
      instead: ({ url }) =>
        url.endsWith('/playPrompt')
          ? Response.json({ error: { code: '8523', message: said } }, { status })
          : undefined,
    })
    await door.ring()
    for (let waits = 0; waits < 10; waits++) {
      door.clock.moveTo(door.clock.now() + 60_000)
      await door.settle()
    }
    const log = JSON.stringify(door.records)
    expect(log).toContain('"effect":"playPrompt"')
    expect(log).not.toMatch(PEOPLE)
    expect(log + door.image().toString('latin1')).not.toMatch(TOKEN)
  },
)

test('a chart that throws over a tone leaves the tone unwritten', async () => {
  const telling = callSetup.extend({
    guards: {
      never: ({ event }) => {
        throw new Error(`No idea what to do with ${JSON.stringify(event)}, says bob@fabrikam.com`)
      },
    },
  })
  const chart = telling.createMachine(
    callChart({
      id: 'telling',
      version: '1',
      scenario: telling.createStateConfig({
        initial: 'waiting',
        states: {
          waiting: { on: { 'call.established': 'listening' } },
          listening: {
            entry: 'subscribeToTone',
            on: { 'tone.received': { guard: 'never', target: 'waiting' } },
          },
        },
      }),
    }),
  )
  await using door = await openDoor({ chart })
  const { id } = await door.ring()
  await door.post(update(id, { toneInfo: { sequenceId: 1, tone: 'tone7' } }))
  expect(door.records.map(({ kind }) => kind)).toContain('quarantined')
  expect(JSON.stringify(door.records) + door.image().toString('latin1')).not.toMatch(/tone7/)
  expect(JSON.stringify(door.records)).not.toMatch(PEOPLE)
})
