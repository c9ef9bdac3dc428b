/** What operators do from a terminal, at a bot that runs and at its database. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Scene } from '../../src/cli/demo/scene.ts'
import { callchart, patientDesk, servingPatiently } from './callchart.ts'

const TOKEN = 'a-token-that-nobody-can-guess'
let scene: Scene

beforeAll(async () => {
  process.env.CALLCHART_ADMIN_TOKEN = TOKEN
  scene = await Scene.open({ engine: servingPatiently() })
  delete process.env.CALLCHART_ADMIN_TOKEN
})
afterAll(() => scene[Symbol.asyncDispose]())

const database = () => join(scene.folder, 'calls.db')

function operate(...args: readonly string[]) {
  return callchart([...args, '--url', scene.url], { environment: { CALLCHART_ADMIN_TOKEN: TOKEN } })
}

async function told(...args: readonly string[]) {
  const { code, stdout, stderr } = await operate(...args)
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

async function choosing(): Promise<string> {
  const caller = scene.ring('choosing')
  await scene.until('a caller chooses', () => caller.waits)
  await scene.emulator.idle()
  return scene.emulator.calls.at(-1)?.id ?? ''
}

test('a call is listed, shown, explained, nudged and ended', async () => {
  const key = await choosing()
  const list = await told('calls')
  expect(list).toMatch(/^\d live, \d ended, \d in trouble$/m)
  expect(list).toMatch(
    new RegExp(`^${key.slice(0, 8)} +established +choosing +good +\\S+ \\S+ +→ Caller\\d$`, 'm'),
  )

  const shown = await told('show', key.slice(0, 12))
  expect(shown).toMatch(/state +established {2}scenario\.choosing$/m)
  expect(shown).toMatch(/→ +callState\.established/)
  expect(shown).toMatch(/← +subscribeToTone/)
  expect(shown).toMatch(/after 1 h in scenario\.choosing/)

  const why = await told('explain', key)
  expect(why).toMatch(/^The incoming call is established\.$/m)
  expect(why).toMatch(/scenario\.choosing +Graph told of an operation: prompt\.completed$/m)
  expect(why).toMatch(/scenario\.choosing waits for .*tone\.received/)

  expect(await told('nudge', key)).toMatch(/asks Graph: getCall/)
  expect(JSON.parse(await told('end', key, '--json'))).toEqual({ key, asked: ['hangUp'] })
  const call = scene.emulator.calls.find(({ id }) => id === key)
  await scene.until('the call ends', () => call?.truth().state === 'terminated')
  await scene.emulator.idle()
  const over = await operate('end', key)
  expect([over.code, over.stderr]).toEqual([1, expect.stringContaining(`'${key}' has ended.`)])
})

test('a call is placed once under its idempotency key', async () => {
  const place = () => told('call', 'bob@fabrikam.com', '--idempotency-key', 'one', '--json')
  expect(await place()).toBe(await place())
  expect(scene.emulator.requests.filter((method) => method === 'createCall')).toHaveLength(1)
})

test('a database is read beside its bot as the bot tells it', async () => {
  const key = await choosing()
  const offline = async (...args: readonly string[]) =>
    (await callchart([...args, '--database', database(), '--bot', patientDesk])).stdout
  expect(await offline('calls')).toContain(key.slice(0, 8))
  expect(await offline('show', key)).toBe(await told('show', key))
  expect(await offline('explain', key)).toContain('The incoming call is established.')
})

test('a person is erased from ended calls, and on a live one only told of', async () => {
  const key = await choosing()
  const index = scene.callers.length - 1
  const person = `caller${index}@fabrikam.com`
  const refused = await operate('erase', '--person', person)
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(key)])
  await told('end', key)
  await scene.until('the call ends', () => scene.callers[index]?.stage === 'ended')
  await scene.emulator.idle()
  expect(await told('erase', '--person', person, '--dry-run')).toContain('would be removed')
  expect(JSON.parse(await told('erase', '--person', person, '--json'))).toEqual({
    removed: true,
    keys: [key],
  })
  expect((await operate('show', key)).stderr).toContain(`There is no call '${key}'.`)
})

describe('what cannot be done says what to do', () => {
  test('without a token, with a wrong one, and where no bot is', async () => {
    const url = ['--url', scene.url]
    expect((await callchart(['calls', ...url])).stderr).toContain(
      'CALLCHART_ADMIN_TOKEN is not set.',
    )
    const wrong = { environment: { CALLCHART_ADMIN_TOKEN: 'wrong' } }
    expect((await callchart(['calls', ...url], wrong)).stderr).toContain('wrong one')
    const nobody = await callchart(['calls', '--url', 'http://localhost:1'], wrong)
    expect(nobody.stderr).toContain('No bot answers at http://localhost:1.')
    expect(nobody.stderr).not.toMatch(/^\s+at /m)
    expect((await operate('call')).stderr).toContain('Nobody is named')
    expect((await callchart(['calls', '--database', database()])).stderr).toContain('without --bot')
    expect(
      (await callchart(['erase', '--person', 'bob@x.de', '--database', database()])).stderr,
    ).toContain('is in use by process')
  })
})
