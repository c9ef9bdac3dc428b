import { expect, test } from 'vitest'
import { errorOf, getToken, heard, lastTold, OTHER_APP_ID, setStage } from './stage.ts'

test('an incoming call is announced to the webhook, signed for the app', async () => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  expect(heard(stage.bot)).toEqual(['created call incoming'])
  const [told] = stage.bot.told
  expect(told?.path).toBe('/api/calls')
  expect(told?.resourceUrl).toBe(`/communications/calls/${call.id}`)
  expect(told?.resource).toBe(`/app/calls/${call.id}`)
  expect(told?.claims.tid).toBeTypeOf('string')
  expect(lastTold(stage.bot)).toMatchObject({
    '@odata.type': '#microsoft.graph.call',
    direction: 'incoming',
    source: { identity: { user: { displayName: 'Bob', userPrincipalName: 'bob@fabrikam.com' } } },
    targets: [{ identity: { application: { displayName: 'Front Desk' } } }],
    requestedModalities: ['audio'],
  })
})

test('an answered call is establishing, then established, at the callbackUri given', async () => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  const answered = await stage.ask('POST', `/calls/${call.id}/answer`, stage.acceptance)
  expect(answered.status).toBe(202)
  expect(answered.body).toEqual({})
  await stage.pass()
  expect(heard(stage.bot).slice(1)).toEqual([
    'updated call establishing',
    'updated call established',
    'updated call with mediaState',
  ])
  expect(stage.bot.told.slice(1).map((told) => told.path)).toEqual(Array(3).fill('/api/calls/desk'))
})

test('an unanswered call ends after 15 s', async () => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass(14_999)
  expect(call.state).toBe('incoming')
  await stage.pass(1)
  expect(call.state).toBe('terminated')
  expect(heard(stage.bot)).toEqual(['created call incoming', 'deleted call terminated'])
  const late = await stage.ask('POST', `/calls/${call.id}/answer`, stage.acceptance)
  expect(late.status).toBe(404)
})

test('a rejected call ends without saying a state', async () => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  const rejected = await stage.ask('POST', `/calls/${call.id}/reject`, { reason: 'busy' })
  expect(rejected.status).toBe(202)
  await stage.pass(20_000)
  expect(heard(stage.bot)).toEqual(['created call incoming', 'deleted call'])
  expect(lastTold(stage.bot)).not.toHaveProperty('state')
})

test('answering twice is a conflict, and a wrong body names its fields', async () => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  const wrong = await stage.ask('POST', `/calls/${call.id}/answer`, {
    callbackUri: 'http://bot.example.com/calls',
    acceptedModalities: ['smell'],
  })
  expect(wrong.status).toBe(400)
  expect(errorOf(wrong).message).toMatch(/callbackUri.*acceptedModalities\.0.*mediaConfig/)
  await stage.ask('POST', `/calls/${call.id}/answer`, stage.acceptance)
  const again = await stage.ask('POST', `/calls/${call.id}/answer`, stage.acceptance)
  expect(again.status).toBe(409)
})

test('a redirected call ends when the first target answers, naming it', async () => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  stage.emulator.script('dan@fabrikam.com', 'decline')
  await stage.pass()
  const redirected = await stage.ask('POST', `/calls/${call.id}/redirect`, {
    targets: [
      { identity: { user: { id: 'dan@fabrikam.com' } } },
      { identity: { user: { id: 'eve@fabrikam.com' } } },
    ],
    timeout: 20,
  })
  expect(redirected.status).toBe(202)
  await stage.pass(1_000)
  expect(heard(stage.bot)).toEqual(['created call incoming', 'deleted call terminated'])
  expect(lastTold(stage.bot)).toMatchObject({
    answeredBy: { identity: { user: { displayName: 'Eve' } } },
  })
})

test('a redirect nobody takes ends the call after its timeout', async () => {
  await using stage = await setStage()
  stage.emulator.script('dan@fabrikam.com', 'ignore')
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  await stage.ask('POST', `/calls/${call.id}/redirect`, {
    targets: [{ identity: { user: { id: 'dan@fabrikam.com' } } }],
    timeout: 15,
  })
  await stage.pass(14_999)
  expect(call.state).toBe('redirecting')
  await stage.pass(1)
  expect(call.state).toBe('terminated')
})

test.each([
  ['no target', { targets: [] }],
  ['26 targets', { targets: Array(26).fill({ identity: { user: { id: 'dan@fabrikam.com' } } }) }],
  ['14 s', { targets: [{ identity: { user: { id: 'dan@fabrikam.com' } } }], timeout: 14 }],
  ['91 s', { targets: [{ identity: { user: { id: 'dan@fabrikam.com' } } }], timeout: 91 }],
])('a redirect with %s is refused', async (_, body) => {
  await using stage = await setStage()
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  expect((await stage.ask('POST', `/calls/${call.id}/redirect`, body)).status).toBe(400)
  expect(call.state).toBe('incoming')
})

test('a call redirected to another bot rings there, and ends once that bot answers', async () => {
  await using stage = await setStage()
  const other = OTHER_APP_ID
  stage.emulator.register({ id: other, webhook: `${stage.bot.url}/api/calls/other` })
  const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  await stage.ask('POST', `/calls/${call.id}/redirect`, {
    targets: [{ identity: { application: { id: other } } }],
  })
  const passedOn = stage.emulator.calls.find((each) => each.appId === other)
  expect(passedOn?.state).toBe('incoming')
  const token = await getToken(stage.url, { client_id: other })
  await fetch(`${stage.url}/v1.0/communications/calls/${passedOn?.id}/answer`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify(stage.acceptance),
  })
  expect(call.state).toBe('terminated')
  expect(passedOn?.state).toBe('established')
})

test('a bot without any calling permission is not told who calls', async () => {
  await using stage = await setStage({ app: { roles: [] } })
  stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  expect(lastTold(stage.bot)).toHaveProperty('source.identity.encrypted.id')
})

test("the caller's hang-up ends the call with 200/4521", async () => {
  await using stage = await setStage()
  const call = await stage.answered()
  call.hangUp()
  await stage.pass()
  expect(heard(stage.bot)).toEqual(['deleted call terminated'])
  expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 200, subcode: 4521 } })
})

test("the bot's hang-up is terminating, then terminated with 200/7000", async () => {
  await using stage = await setStage()
  const call = await stage.answered()
  expect((await stage.ask('DELETE', `/calls/${call.id}`)).status).toBe(204)
  await stage.pass()
  expect(heard(stage.bot)).toEqual(['updated call terminating', 'deleted call terminated'])
  expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 200, subcode: 7000 } })
})

test('a call without a keepAlive ends after 45 min; with one it lives on', async () => {
  await using stage = await setStage()
  const call = await stage.answered()
  await stage.pass(44 * 60_000)
  expect((await stage.ask('POST', `/calls/${call.id}/keepAlive`)).status).toBe(200)
  await stage.pass(44 * 60_000)
  expect(call.state).toBe('established')
  await stage.pass(60_000)
  expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 408, subcode: 8537 } })
  expect(call.state).toBe('terminated')
})
