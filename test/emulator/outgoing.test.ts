import { describe, expect, test } from 'vitest'
import { errorOf, heard, lastTold, setStage } from './stage.ts'

const eve = { identity: { user: { id: 'eve@fabrikam.com' } } }
const dan = { identity: { user: { id: 'dan@fabrikam.com' } } }

type Stage = Awaited<ReturnType<typeof setStage>>

const creation = (stage: Stage) => ({
  callbackUri: `${stage.bot.url}/api/calls/outgoing`,
  requestedModalities: ['audio'],
  mediaConfig: stage.serviceHosted,
})

describe('a call to one person', () => {
  test('is created establishing and established once answered', async () => {
    await using stage = await setStage()
    const asked = await stage.ask('POST', '/calls', { ...creation(stage), targets: [eve] })
    expect(asked.status).toBe(201)
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.call',
      state: 'establishing',
      direction: 'outgoing',
      source: { identity: { application: { displayName: 'Front Desk' } } },
    })
    expect(asked.headers.get('location')).toBe(
      `${stage.url}/v1.0/communications/calls/${asked.body.id}`,
    )
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual([
      'updated call establishing',
      'updated call established',
      'updated call with mediaState',
    ])
    const got = await stage.ask('GET', `/calls/${asked.body.id}`)
    expect(got.body).toMatchObject({
      state: 'established',
      myParticipantId: asked.body.myParticipantId,
    })
  })

  test.each([
    ['decline', 1_000],
    ['ignore', 60_000],
  ] as const)('ends when the script is %s', async (script, afterMs) => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', script)
    await stage.ask('POST', '/calls', { ...creation(stage), targets: [eve] })
    await stage.pass(afterMs)
    expect(heard(stage.bot)).toEqual(['updated call establishing', 'deleted call terminated'])
  })

  test('waits for a person whose script is manual', async () => {
    await using stage = await setStage({ switches: { ringingState: true } })
    stage.emulator.script('eve@fabrikam.com', 'manual')
    const { body } = await stage.ask('POST', '/calls', { ...creation(stage), targets: [eve] })
    await stage.pass(30_000)
    expect(heard(stage.bot)).toEqual(['updated call establishing', 'updated call ringing'])
    stage.emulator.pickUp('eve@fabrikam.com')
    expect(stage.emulator.call(String(body.id)).state).toBe('established')
    expect(() => stage.emulator.decline('eve@fabrikam.com')).toThrow('Nothing rings')
  })

  test('to a phone takes an application instance with a number', async () => {
    const instance = { id: 'f4c92d31-2f0c-4bb1-9a90-6a1f06b0aa03', phone: '+14255550199' }
    await using stage = await setStage({ app: { instances: [instance] } })
    const phone = [{ identity: { phone: { id: '+14255550100' } } }]
    const refused = await stage.ask('POST', '/calls', { ...creation(stage), targets: phone })
    expect(errorOf(refused).message).toContain('source.identity.applicationInstance:')
    const asked = await stage.ask('POST', '/calls', {
      ...creation(stage),
      source: { identity: { applicationInstance: { id: instance.id } } },
      targets: phone,
    })
    expect(asked.status).toBe(201)
  })
})

describe('a group call', () => {
  test('grows its roster as people answer, and the bot is in it', async () => {
    await using stage = await setStage()
    const asked = await stage.ask('POST', '/calls', { ...creation(stage), targets: [eve, dan] })
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual([
      'updated call establishing',
      'updated call established',
      'updated call with mediaState',
      'updated participants of 1',
      'updated participants of 2',
      'updated participants of 3',
    ])
    const listed = await stage.ask('GET', `/calls/${asked.body.id}/participants`)
    expect(listed.status).toBe(200)
    expect(listed.body.value).toMatchObject([
      { id: asked.body.myParticipantId },
      { info: { identity: { user: { displayName: 'Eve' } } }, isMuted: false, isInLobby: false },
      { info: { identity: { user: { displayName: 'Dan' } } } },
    ])
  })

  test('starts with at most 5 people', async () => {
    await using stage = await setStage()
    const targets = [1, 2, 3, 4, 5, 6].map((n) => ({
      identity: { user: { id: `u${n}@fabrikam.com` } },
    }))
    const asked = await stage.ask('POST', '/calls', { ...creation(stage), targets })
    expect(errorOf(asked).message).toContain('at most 5')
  })
})

describe('a meeting', () => {
  const byId = (joinMeetingId: string, passcode: string | null) => ({
    meetingInfo: {
      '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
      joinMeetingId,
      passcode,
    },
  })

  test('is joined by id and passcode, and tells its chatInfo', async () => {
    await using stage = await setStage()
    const meeting = stage.emulator.meeting({ joinMeetingId: '1234', passcode: 'open' })
    const wrong = await stage.ask('POST', '/calls', { ...creation(stage), ...byId('1234', 'shut') })
    expect(wrong.status).toBe(403)
    const unknown = await stage.ask('POST', '/calls', { ...creation(stage), ...byId('99', null) })
    expect(unknown.status).toBe(404)
    const asked = await stage.ask('POST', '/calls', { ...creation(stage), ...byId('1234', 'open') })
    expect(asked.body).toMatchObject({ chatInfo: { threadId: meeting.threadId, messageId: '0' } })
    await stage.pass()
    expect(heard(stage.bot)).toEqual([
      'updated call establishing',
      'updated call established',
      'updated call with mediaState',
      'updated participants of 1',
    ])
  })

  test('is joined by organizer and thread, even one nobody scheduled', async () => {
    await using stage = await setStage()
    const wish = {
      ...creation(stage),
      tenantId: 'a3d1d2b0-4d7e-4a39-9d2f-1a6c2b3c4d05',
      chatInfo: { threadId: '19:meeting_here@thread.v2', messageId: '0' },
      meetingInfo: {
        '@odata.type': '#microsoft.graph.organizerMeetingInfo',
        organizer: { user: { id: 'eve@fabrikam.com' } },
      },
    }
    expect((await stage.ask('POST', '/calls', wish)).status).toBe(201)
    const { chatInfo: _, ...halved } = wish
    expect(errorOf(await stage.ask('POST', '/calls', halved)).message).toContain('chatInfo:')
  })

  test('is joined by token', async () => {
    await using stage = await setStage()
    const { token } = stage.emulator.meeting()
    const byToken = { '@odata.type': '#microsoft.graph.tokenMeetingInfo', token }
    const wish = { ...creation(stage), meetingInfo: byToken }
    expect((await stage.ask('POST', '/calls', wish)).status).toBe(201)
  })

  test('with a lobby, keeps the bot waiting until admitted or for too long', async () => {
    await using stage = await setStage()
    stage.emulator.meeting({ joinMeetingId: '77', lobby: true })
    const first = await stage.ask('POST', '/calls', { ...creation(stage), ...byId('77', null) })
    const second = await stage.ask('POST', '/calls', {
      ...creation(stage),
      ...byId('77', null),
      source: { identity: { applicationInstance: { id: 'another-identity' } } },
    })
    const call = stage.emulator.call(String(first.body.id))
    call.admit()
    expect(call.state).toBe('established')
    await stage.pass(30 * 60_000)
    const left = stage.emulator.call(String(second.body.id))
    expect(left.truth().result).toMatchObject({ code: 200, subcode: 5855 })
    expect(call.state).toBe('established')
  })
})

describe('permissions', () => {
  test.each([
    ['Calls.Initiate.All', { targets: [eve] }],
    ['Calls.InitiateGroupCall.All', { targets: [eve, dan] }],
    [
      'Calls.JoinGroupCall.All',
      { meetingInfo: { '@odata.type': '#microsoft.graph.tokenMeetingInfo', token: 't' } },
    ],
  ])('without %s the matching create is 403', async (missing, wish) => {
    await using stage = await setStage({ app: { roles: ['Calls.AccessMedia.All'] } })
    const asked = await stage.ask('POST', '/calls', { ...creation(stage), ...wish })
    expect(asked.status).toBe(403)
    expect(errorOf(asked)).toMatchObject({
      code: '7504',
      message: expect.stringContaining(missing),
    })
  })

  test('app-hosted media takes AccessMedia', async () => {
    await using stage = await setStage({ app: { roles: ['Calls.Initiate.All'] } })
    const wish = { ...creation(stage), mediaConfig: stage.appHosted, targets: [eve] }
    expect((await stage.ask('POST', '/calls', wish)).status).toBe(403)
  })

  test('a bot without any may answer a P2P call and play to it, but not record', async () => {
    await using stage = await setStage({ app: { roles: [] } })
    const call = await stage.answered()
    const body = { prompts: [stage.prompt()] }
    expect((await stage.ask('POST', `/calls/${call.id}/playPrompt`, body)).status).toBe(200)
    expect((await stage.ask('POST', `/calls/${call.id}/recordResponse`, {})).status).toBe(403)
    expect(
      (await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget: eve })).status,
    ).toBe(403)
  })

  test('strictPermissions looks at roles on every request', async () => {
    await using stage = await setStage({
      app: { roles: [] },
      switches: { strictPermissions: true },
    })
    const call = await stage.answered()
    expect((await stage.ask('POST', `/calls/${call.id}/keepAlive`)).status).toBe(403)
  })
})

describe('transfer', () => {
  test('blind: transferring, transferAccepted, terminated with 0/7015', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const asked = await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget: eve })
    expect(asked.status).toBe(202)
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual([
      'updated call transferring',
      'updated call transferAccepted',
      'updated call with mediaState',
      'deleted call terminated',
    ])
    expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 0, subcode: 7015 } })
  })

  test('declined: the call is established again, with 500/7000', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'decline')
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget: eve })
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual(['updated call transferring', 'updated call established'])
    expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 500, subcode: 7000 } })
    expect(call.state).toBe('established')
  })

  test('consultative: both calls end, this one as AppTransferred', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const other = await stage.ask('POST', '/calls', { ...creation(stage), targets: [eve] })
    await stage.pass(1_000)
    stage.bot.told.length = 0
    const transferTarget = { ...eve, replacesCallId: other.body.id }
    await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget })
    await stage.pass()
    const own = stage.bot.told.filter((told) => told.resourceUrl.endsWith(call.id))
    expect(own.at(-1)?.resourceData).toMatchObject({ terminationReason: 'AppTransferred' })
    expect(own.at(-1)?.resourceData).not.toHaveProperty('resultInfo')
    expect(stage.emulator.call(String(other.body.id)).state).toBe('terminated')
  })

  test('onto a call that is gone: established again, with 500/7700', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const transferTarget = { ...eve, replacesCallId: call.id }
    await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget })
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 500, subcode: 7700 } })
  })

  test('to another tenant fails where the switch says so', async () => {
    await using stage = await setStage({ switches: { transferAcrossTenants: 'fail' } })
    const call = await stage.answered()
    const transferTarget = { identity: { user: { id: 'ann@contoso.com' } } }
    await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget })
    await stage.pass(60_000)
    expect(heard(stage.bot)).toEqual(['updated call transferring', 'updated call established'])
  })

  test('from a group names the transferee', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `/calls/${call.id}/transfer`
    const refused = await stage.ask('POST', path, { transferTarget: eve })
    expect(errorOf(refused).message).toContain('transferee.participantId:')
    const bob = call.truth().roster.find((each) => each.name === 'bob@fabrikam.com')
    const body = { transferTarget: eve, transferee: { participantId: bob?.id } }
    expect((await stage.ask('POST', path, body)).status).toBe(202)
  })
})
