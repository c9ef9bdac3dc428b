import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defaultSwitches, endings, switchWords } from '../../src/emulator/index.ts'
import { errorOf, heard, lastTold, setStage } from './stage.ts'

const eve = { identity: { user: { id: 'eve@fabrikam.com' } } }
const anything = z.looseObject({ id: z.string().optional() })
const fidelity = readFileSync(new URL('../../docs/FIDELITY.md', import.meta.url), 'utf8')

test.each(Object.entries(defaultSwitches))('docs/FIDELITY.md explains %s', (name, value) => {
  const row = fidelity.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
  expect(row).toBeDefined()
  if (typeof value !== 'object') expect(row).toContain(`\`${value}\``)
})

test('docs/FIDELITY.md explains no switch that is not there', () => {
  const explained = [...fidelity.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  expect(explained.filter((name) => !Object.hasOwn(defaultSwitches, String(name)))).toEqual([])
})

test('every switch that takes words is listed with its words, the default among them', () => {
  const wordy = Object.entries(defaultSwitches).filter(([name, value]) => {
    return typeof value === 'string' && name !== 'loginHost'
  })
  const words: Readonly<Record<string, readonly string[]>> = switchWords
  for (const [name, value] of wordy) expect(words[name]).toContain(value)
})

describe('how things are written', () => {
  test('operationStatusCase pascal writes statuses as the metadata does', async () => {
    await using stage = await setStage({ switches: { operationStatusCase: 'pascal' } })
    const call = await stage.answered()
    const prompts = [stage.prompt()]
    const asked = await stage.ask('POST', `/calls/${call.id}/playPrompt`, { prompts })
    expect(asked.body.status).toBe('Running')
    await stage.pass(2_000)
    expect(lastTold(stage.bot).status).toBe('Completed')
  })

  test('resultInfo as strings and with subCode, as some examples have it', async () => {
    await using stage = await setStage({
      switches: { resultInfoCodes: 'strings', resultInfoSubcode: 'subCode' },
    })
    const call = await stage.answered()
    call.hangUp()
    await stage.pass()
    expect(lastTold(stage.bot).resultInfo).toMatchObject({ code: '200', subCode: '4521' })
    expect(stage.emulator.record.at(-1)).toMatchObject({ result: '200/4521' })
  })

  test('ids upper-case without hyphens, and requests that write them so too', async () => {
    await using stage = await setStage({ switches: { notificationIds: 'compact' } })
    const call = await stage.answered()
    const compact = call.id.replaceAll('-', '').toUpperCase()
    await stage.ask('POST', `/calls/${compact}/subscribeToTone`, {})
    await call.press('1')
    expect(stage.bot.told[0]?.resourceUrl).toBe(`/communications/calls/${compact}`)
  })

  test('incoming targets typed participantInfo', async () => {
    await using stage = await setStage({ switches: { incomingTargets: 'participantInfo' } })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    const type = '#microsoft.graph.participantInfo'
    expect(lastTold(stage.bot)).toMatchObject({ targets: [{ '@odata.type': type }] })
  })

  test('tones by name or inside a toneInfo, enums in any casing', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const tones = ['Tone1', { '@odata.type': '#microsoft.graph.toneInfo', tone: 'pound' }]
    const asked = await stage.ask('POST', `/calls/${call.id}/sendDtmfTones`, { tones })
    expect(asked.status).toBe(200)
    const other = stage.emulator.ring({ from: 'ann@fabrikam.com' })
    await stage.pass()
    const rejected = await stage.ask('POST', `/calls/${other.id}/reject`, { reason: 'Busy' })
    expect(rejected.status).toBe(202)
  })
})

describe('how calls end', () => {
  test.each(Object.values(endings))('for $code/$subcode', async (ending) => {
    await using stage = await setStage()
    const call = await stage.answered()
    call.end({ code: ending.code, subcode: ending.subcode })
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({ state: 'terminated', resultInfo: ending })
  })

  test('for any reason nobody documents', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    call.end({ code: 500, subcode: 7106 })
    expect(call.truth().result).toMatchObject({ code: 500, subcode: 7106 })
  })

  test('by transfer and by hanging up as the switches say', async () => {
    const { endedByBotLeg, transferCompleted } = endings
    await using stage = await setStage({
      switches: { transferredResult: transferCompleted, hungUpResult: endedByBotLeg },
    })
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget: eve })
    await stage.pass(1_000)
    expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 200, subcode: 7015 } })
    const other = await stage.answered()
    await stage.ask('DELETE', `/calls/${other.id}`)
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { subcode: 10550 } })
  })
})

test('too many requests in a window are 429 with Retry-After, until it is over', async () => {
  await using stage = await setStage({
    switches: { throttlingRequestsMax: 2, throttlingWindowMs: 15_000 },
  })
  await stage.ask('GET', '/calls/x')
  await stage.pass(5_000)
  await stage.ask('GET', '/calls/x')
  const asked = await stage.ask('GET', '/calls/x')
  expect(asked.status).toBe(429)
  expect(asked.headers.get('retry-after')).toBe('10')
  expect(errorOf(asked).code).toBe('TooManyRequests')
  await stage.pass(10_000)
  expect((await stage.ask('GET', '/calls/x')).status).toBe(404)
})

test('older spellings of a permission are the same permission', async () => {
  await using stage = await setStage({ app: { roles: ['Calls.InitiateGroupCalls.All'] } })
  const asked = await stage.ask('POST', '/calls', {
    callbackUri: `${stage.bot.url}/api/calls/group`,
    requestedModalities: ['audio'],
    mediaConfig: stage.serviceHosted,
    targets: [eve, { identity: { user: { id: 'dan@fabrikam.com' } } }],
  })
  expect(asked.status).toBe(201)
})

test('everything new is driven over the control API too', async () => {
  await using stage = await setStage()
  const control = async (path: string, body: object = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${stage.url}/emulator/${path}`, init)
    return { status: response.status, body: anything.parse(await response.json()) }
  }
  const meeting = stage.emulator.meeting({ joinMeetingId: '5' })
  const recorded = await control('meetings/5/recordings', { durationMs: 1_000 })
  expect(recorded).toMatchObject({ status: 201, body: { id: meeting.recordings[0]?.id } })
  const policy = await control('policy-calls', { user: 'bob@fabrikam.com', meeting: '5' })
  expect(policy.status).toBe(201)
  const { id } = policy.body
  await stage.pass()
  const wish = { ...stage.acceptance, participantCapacity: 1 }
  await stage.ask('POST', `/calls/${id}/answer`, wish)
  expect(
    (await control(`calls/${id}/policy-join`, { who: 'eve@fabrikam.com' })).body,
  ).toMatchObject({ outcome: 'newCall' })
  for (const [deed, body] of [
    ['hold', {}],
    ['resume', {}],
    ['camera', { on: true }],
    ['share', {}],
    ['change-shared', {}],
    ['transcribe', { on: true }],
    ['join', { who: 'vic@fabrikam.com', interactive: false }],
  ] as const) {
    expect((await control(`calls/${id}/${deed}`, body)).status).toBe(200)
  }
  await stage.pass()
  expect(heard(stage.bot)).toContain('updated participants of 3')
  const ended = await control(`calls/${id}/end`, { code: 200, subcode: 5030 })
  expect(ended.body).toMatchObject({ result: { subcode: 5030 } })
  expect((await control('meetings/nothing/recordings')).status).toBe(404)
})
