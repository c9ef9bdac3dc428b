import type { Middleware } from '@microsoft/microsoft-graph-client'
import { Client } from '@microsoft/microsoft-graph-client'
import type { Call, OnlineMeeting } from '@microsoft/microsoft-graph-types'
import { describe, expect, test } from 'vitest'
import type { Stage } from './stage.ts'
import { APP_ID, errorOf, heard, lastTold, OTHER_APP_ID, setStage } from './stage.ts'

const INSTANCE = { id: 'f4c92d31-2f0c-4bb1-9a90-6a1f06b0aa03', phone: '+14255550199' }
const PHONE = { identity: { phone: { id: '+14255550100' } } }

const userOf = (name: string) => ({ identity: { user: { id: `${name}@fabrikam.com` } } })
const [eve, dan] = [userOf('eve'), userOf('dan')]

const creation = (stage: Stage) => ({
  '@odata.type': '#microsoft.graph.call',
  callbackUri: `${stage.bot.url}/api/calls/outgoing`,
  requestedModalities: ['audio'],
})

const asApp = { source: { identity: { application: { id: APP_ID, displayName: 'Front Desk' } } } }
const asPhone = { source: { identity: { applicationInstance: { id: INSTANCE.id } } } }
const organizer = { user: { id: 'a9d7f0c4-9c0a-4f4f-9d8e-3b1f0d5c7e21', tenantId: 'a-tenant' } }

const byOrganizer = {
  chatInfo: { threadId: '19:meeting_Zm9yLXRoZS10ZXN0@thread.v2', messageId: '0' },
  meetingInfo: {
    '@odata.type': '#microsoft.graph.organizerMeetingInfo',
    organizer,
    allowConversationWithoutHost: true,
  },
}

const byId = (joinMeetingId: string, passcode: string | null) => ({
  meetingInfo: {
    '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
    joinMeetingId,
    passcode,
  },
})

/** The ten documented ways to create a call: fields, whether app-hosted, what it becomes. */
const shapes = [
  ['to one person', { targets: [eve] }, false, 'peerToPeer'],
  ['to one person, app-hosted', { ...asApp, targets: [eve] }, true, 'peerToPeer'],
  ['to several', { ...asApp, subject: 'All', targets: [eve, dan] }, false, 'group'],
  ['to several, app-hosted', { ...asApp, subject: 'All', targets: [eve, dan] }, true, 'group'],
  ['into a meeting', byOrganizer, false, 'meeting'],
  ['into a meeting, app-hosted', byOrganizer, true, 'meeting'],
  ['into a meeting by id and passcode', byId('901', 'secret'), false, 'meeting'],
  ['into a meeting by id alone', byId('902', null), false, 'meeting'],
  ['to a phone', { ...asPhone, targets: [PHONE] }, false, 'peerToPeer'],
  ['to a phone, app-hosted', { ...asPhone, targets: [PHONE] }, true, 'peerToPeer'],
] as const

describe('creating a call', () => {
  test.each(shapes)('%s', async (_, wish, appHosted, topology) => {
    await using stage = await setStage({ app: { instances: [INSTANCE] } })
    stage.emulator.meeting({ joinMeetingId: '901', passcode: 'secret' })
    stage.emulator.meeting({ joinMeetingId: '902' })
    const mediaConfig = appHosted ? stage.appHosted : stage.serviceHosted
    const asked = await stage.ask('POST', '/calls', {
      ...creation(stage),
      mediaConfig,
      tenantId: 'a-tenant',
      ...wish,
    })
    expect(asked.status).toBe(201)
    expect(asked.headers.get('location')).toContain(String(asked.body.id))
    expect(asked.body).toMatchObject({
      state: 'establishing',
      mediaConfig,
      tenantId: 'a-tenant',
      ...('meetingInfo' in wish ? wish : {}),
    })
    await stage.pass(1_000)
    const call = stage.emulator.call(String(asked.body.id))
    expect(call.truth()).toMatchObject({ state: 'established', topology })
  })

  test('with coordinates and one target makes a meeting into which the target is rung', async () => {
    await using stage = await setStage()
    const wish = { ...creation(stage), mediaConfig: stage.serviceHosted, ...byOrganizer }
    const asked = await stage.ask('POST', '/calls', { ...wish, targets: [eve] })
    await stage.pass(1_000)
    expect(stage.emulator.call(String(asked.body.id)).truth()).toMatchObject({
      topology: 'meeting',
      roster: [{ name: 'Front Desk' }, { name: 'eve@fabrikam.com' }],
    })
  })

  test('joins one meeting again with another identity only', async () => {
    await using stage = await setStage()
    const wish = { ...creation(stage), mediaConfig: stage.serviceHosted, ...byOrganizer }
    await stage.ask('POST', '/calls', wish)
    expect(errorOf(await stage.ask('POST', '/calls', wish)).message).toContain('source.identity')
    expect((await stage.ask('POST', '/calls', { ...wish, ...asPhone })).status).toBe(201)
    await stage.pass()
  })

  test('rings as long as the beta property says', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'ignore')
    const wish = { ...creation(stage), mediaConfig: stage.serviceHosted, targets: [eve] }
    await stage.graph('POST', '/beta/communications/calls', { ...wish, ringingTimeoutInSeconds: 9 })
    await stage.pass(9_000)
    expect(lastTold(stage.bot)).toMatchObject({ resultInfo: { code: 408, subcode: 10057 } })
  })
})

describe('an incoming call', () => {
  test("to an application instance's number names the instance as its target", async () => {
    await using stage = await setStage({ app: { instances: [INSTANCE] } })
    stage.emulator.ring({ from: '+14255550100', to: INSTANCE.phone })
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({
      source: { identity: { phone: { id: '+14255550100' } } },
      targets: [{ identity: { applicationInstance: { id: INSTANCE.id } } }],
    })
  })

  test('says for whom the caller calls', async () => {
    await using stage = await setStage()
    stage.emulator.ring({ from: 'bob@fabrikam.com', onBehalfOf: 'ann@fabrikam.com' })
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({
      incomingContext: {
        sourceParticipantId: expect.any(String),
        onBehalfOf: { user: { displayName: 'Ann' } },
      },
    })
  })

  test('is answered at the webhook when answer names no callbackUri', async () => {
    await using stage = await setStage()
    await stage.answered({ callbackUri: null }).then((call) => call.hangUp())
    await stage.pass()
    expect(stage.bot.told.at(-1)?.path).toBe('/api/calls')
  })
})

describe('a redirect', () => {
  const redirect = async (stage: Stage, targets: readonly object[], more: object = {}) => {
    const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    const body = { targets, routingPolicies: ['disableForwarding'], ...more }
    expect((await stage.ask('POST', `/calls/${call.id}/redirect`, body)).status).toBe(202)
    await stage.pass(1_000)
    return call
  }

  test('to voicemail is answered there, whatever its owner does', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'ignore')
    await redirect(stage, [{ ...eve, endpointType: 'voicemail' }])
    expect(lastTold(stage.bot)).toMatchObject({
      state: 'terminated',
      direction: 'incoming',
      answeredBy: { identity: { user: { displayName: 'Eve' } } },
    })
  })

  test('to a phone tells who answered, encrypted', async () => {
    await using stage = await setStage()
    await redirect(stage, [PHONE])
    expect(lastTold(stage.bot)).toHaveProperty('answeredBy.identity.encrypted.id')
  })

  test.each([
    ['phone', PHONE, true],
    ['phone', eve, false],
    ['never', PHONE, false],
  ] as const)('with redirectAnsweredBy %s', async (redirectAnsweredBy, target, told) => {
    await using stage = await setStage({ switches: { redirectAnsweredBy } })
    await redirect(stage, [target])
    expect('answeredBy' in lastTold(stage.bot)).toBe(told)
  })

  test('to several rings all, and the first to answer has it', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'manual')
    await redirect(stage, [eve, dan], { timeout: 90 })
    expect(lastTold(stage.bot)).toMatchObject({
      answeredBy: { identity: { user: { displayName: 'Dan' } } },
    })
    expect(() => stage.emulator.pickUp('eve@fabrikam.com')).toThrow('Nothing rings')
  })

  test('to another bot shows it the route', async () => {
    await using stage = await setStage()
    stage.emulator.register({ id: OTHER_APP_ID, webhook: `${stage.bot.url}/api/calls/other` })
    await redirect(stage, [{ identity: { application: { id: OTHER_APP_ID } } }])
    const rung = stage.bot.told.find((told) => told.path === '/api/calls/other')
    expect(rung?.resourceData).toMatchObject({
      callRoutes: [{ routingType: 'forwarded', original: { application: { id: APP_ID } } }],
    })
  })
})

describe('a transfer', () => {
  test('to another bot shows it who transferred', async () => {
    await using stage = await setStage()
    stage.emulator.register({ id: OTHER_APP_ID, webhook: `${stage.bot.url}/api/calls/other` })
    const call = await stage.answered()
    const transferTarget = { identity: { application: { id: OTHER_APP_ID } } }
    await stage.ask('POST', `/calls/${call.id}/transfer`, { transferTarget })
    await stage.pass()
    const rung = stage.bot.told.find((told) => told.path === '/api/calls/other')
    expect(rung?.resourceData).toMatchObject({
      incomingContext: { transferor: { application: { id: APP_ID } } },
    })
  })

  test.each([
    ['a user', eve, 'eve@fabrikam.com'],
    ['a phone', PHONE, '+14255550100'],
  ])('consultative to %s that declines goes back with 500/7700', async (_, target, address) => {
    await using stage = await setStage({ app: { instances: [INSTANCE] } })
    const call = await stage.answered()
    const wish = { ...creation(stage), ...asPhone, mediaConfig: stage.serviceHosted }
    const other = await stage.ask('POST', '/calls', { ...wish, targets: [target] })
    await stage.pass(1_000)
    stage.emulator.script(address, 'decline')
    const body = { transferTarget: { ...target, replacesCallId: other.body.id } }
    expect((await stage.ask('POST', `/calls/${call.id}/transfer`, body)).status).toBe(202)
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({
      state: 'established',
      resultInfo: { code: 500, subcode: 7700 },
    })
    expect(stage.emulator.call(String(other.body.id)).state).toBe('established')
  })
})

describe('an invitation', () => {
  test('moves somebody out of one meeting into another, and ends neither', async () => {
    await using stage = await setStage()
    const join = async (threadId: string) => {
      const { body } = await stage.ask('POST', '/calls', {
        ...creation(stage),
        mediaConfig: stage.serviceHosted,
        ...byOrganizer,
        chatInfo: { threadId },
      })
      return stage.emulator.call(String(body.id))
    }
    const [first, second] = [await join('19:one@thread.v2'), await join('19:two@thread.v2')]
    first.join('eve@fabrikam.com')
    const path = `/calls/${second.id}/participants/invite`
    const moving = { ...eve, replacesCallId: first.id }
    const unnamed = await stage.ask('POST', path, { participants: [moving] })
    expect(errorOf(unnamed).message).toContain('participantId')
    const participantId = first.truth().roster[1]?.id
    await stage.ask('POST', path, { participants: [{ ...moving, participantId }] })
    await stage.pass(1_000)
    const names = (call: typeof first) => call.truth().roster.map((each) => each.name)
    expect(names(first)).toEqual(['Front Desk'])
    expect(names(second)).toEqual(['Front Desk', 'eve@fabrikam.com'])
    expect([first.state, second.state]).toEqual(['established', 'established'])
  })

  test('of a phone takes an application instance with a number', async () => {
    await using stage = await setStage({ app: { instances: [INSTANCE] } })
    const call = await stage.joined()
    const path = `/calls/${call.id}/participants/invite`
    expect((await stage.ask('POST', path, { participants: [PHONE] })).status).toBe(200)
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual(['deleted operations completed', 'updated participants of 3'])
  })

  test('that replaces a call nobody knows fails as an operation', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `/calls/${call.id}/participants/invite`
    const participants = [{ ...eve, replacesCallId: 'nothing' }]
    expect(await stage.ask('POST', path, { participants })).toMatchObject({
      status: 200,
      body: { status: 'Running' },
    })
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual(['deleted operations failed'])
  })

  test('on a P2P call is refused where the switch says so', async () => {
    await using stage = await setStage({ switches: { inviteOnPeerToPeer: 'refuse' } })
    const call = await stage.answered()
    const path = `/calls/${call.id}/participants/invite`
    expect((await stage.ask('POST', path, { participants: [eve] })).status).toBe(400)
  })

  test('that is declined leaves a P2P call a P2P call', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'decline')
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/participants/invite`, { participants: [eve] })
    await stage.pass(1_000)
    expect(call.truth().topology).toBe('peerToPeer')
  })
})

test("Graph's own client makes a meeting and joins it by its id", async () => {
  await using stage = await setStage()
  const last: Middleware = {
    execute: async (context) => {
      const { body, method } = context.options ?? {}
      context.response = await fetch(String(context.request), {
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${stage.token}` },
        ...(method ? { method } : {}),
        ...(typeof body === 'string' ? { body } : {}),
      })
    },
  }
  const client = Client.initWithMiddleware({ baseUrl: `${stage.url}/`, middleware: last })
  const meeting: OnlineMeeting = await client.api('/me/onlineMeetings').post({ subject: 'Plans' })
  const call: Call = await client.api('/communications/calls').post({
    ...creation(stage),
    mediaConfig: stage.serviceHosted,
    ...byId(String(meeting.joinMeetingIdSettings?.joinMeetingId), null),
  })
  expect(call.chatInfo?.threadId).toBe(meeting.chatInfo?.threadId)
  const found = await client
    .api('/me/onlineMeetings')
    .filter(`JoinWebUrl eq '${encodeURIComponent(meeting.joinWebUrl ?? '')}'`)
    .get()
  expect(found.value).toMatchObject([{ id: meeting.id }])
})
