import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Stage } from './stage.ts'
import { errorOf, getToken, heard, setStage } from './stage.ts'

const ME = '/v1.0/me/onlineMeetings'
const HOUR = {
  startDateTime: '2026-03-02T09:00:00.1234567-07:00',
  endDateTime: '2026-03-02T17:00:00Z',
}

const made = z.looseObject({
  id: z.string(),
  joinWebUrl: z.string(),
  videoTeleconferenceId: z.string(),
  chatInfo: z.looseObject({ threadId: z.string() }),
  joinMeetingIdSettings: z.looseObject({
    joinMeetingId: z.string(),
    passcode: z.string().nullable(),
  }),
})

const make = async (stage: Stage, body: object = {}, path = ME) =>
  made.parse((await stage.graph('POST', path, body)).body)

describe('creating', () => {
  test('makes a meeting of the user with everything to join it by', async () => {
    await using stage = await setStage()
    const asked = await stage.graph('POST', ME, { ...HOUR, subject: 'Plans' })
    expect(asked.status).toBe(201)
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.onlineMeeting',
      subject: 'Plans',
      startDateTime: '2026-03-02T16:00:00.123Z',
      endDateTime: '2026-03-02T17:00:00.000Z',
      participants: { organizer: { upn: 'olivia@contoso.com', role: 'presenter' }, attendees: [] },
      joinMeetingIdSettings: { isPasscodeRequired: false, passcode: null },
      lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
      audioConferencing: { conferenceId: expect.any(String) },
    })
  })

  test('below /users takes any user, and live events a producer', async () => {
    await using stage = await setStage()
    const body = { isBroadcast: true, broadcastSettings: { allowedAudience: 'everyone' } }
    const path = '/v1.0/users/bob@fabrikam.com/onlineMeetings'
    expect((await stage.graph('POST', path, body)).body).toMatchObject({
      isBroadcast: true,
      broadcastSettings: { allowedAudience: 'everyone' },
      participants: { organizer: { upn: 'bob@fabrikam.com', role: 'producer' } },
    })
  })

  test('generates a passcode when one is required, and takes none', async () => {
    await using stage = await setStage()
    const meeting = await make(stage, { joinMeetingIdSettings: { isPasscodeRequired: true } })
    expect(meeting.joinMeetingIdSettings.passcode).toMatch(/^\w{6}$/)
    const own = { joinMeetingIdSettings: { isPasscodeRequired: true, passcode: 'mine' } }
    expect(errorOf(await stage.graph('POST', ME, own)).message).toContain('generated')
  })

  test('writes the invitation in the language asked for', async () => {
    await using stage = await setStage()
    const read = async (language: string) => {
      const asked = await stage.graph('POST', ME, {}, { 'Accept-Language': language })
      return decodeURIComponent(JSON.stringify(asked.body.joinInformation))
    }
    expect(await read('ja-JP, en')).toContain('会議')
    expect(await read('xx')).toContain('Join the meeting')
  })

  test.each([
    [
      'an end before the start',
      { startDateTime: HOUR.endDateTime, endDateTime: HOUR.startDateTime },
    ],
    ['an end without a start', { endDateTime: HOUR.endDateTime }],
    ['a time without an offset', { startDateTime: '2026-03-02T09:00:00' }],
  ])('refuses %s', async (_, body) => {
    await using stage = await setStage()
    expect((await stage.graph('POST', ME, body)).status).toBe(400)
  })

  test('is limited per user and month', async () => {
    await using stage = await setStage({ switches: { meetingsPerUserMax: 1 } })
    await make(stage)
    const asked = await stage.graph('POST', ME, {})
    expect(asked.status).toBe(429)
    expect(Number(asked.headers.get('retry-after'))).toBeGreaterThan(0)
    await stage.pass(30 * 24 * 3_600_000)
    expect(
      (await stage.graph('POST', ME, {}, { Authorization: `Bearer ${await getToken(stage.url)}` }))
        .status,
    ).toBe(201)
  })
})

describe('the link', () => {
  test('holds the coordinates that create call joins by', async () => {
    await using stage = await setStage({ switches: { unknownMeetings: 'refuse' } })
    const { joinWebUrl } = await make(stage)
    const [, thread = '', messageId] = /meetup-join\/([^/]+)\/([^?]+)/.exec(joinWebUrl) ?? []
    const context = z
      .object({ Tid: z.string(), Oid: z.string() })
      .parse(JSON.parse(new URL(joinWebUrl).searchParams.get('context') ?? ''))
    const asked = await stage.ask('POST', '/calls', {
      callbackUri: `${stage.bot.url}/api/calls/meeting`,
      requestedModalities: ['audio'],
      mediaConfig: stage.serviceHosted,
      chatInfo: { threadId: decodeURIComponent(thread), messageId },
      meetingInfo: {
        '@odata.type': '#microsoft.graph.organizerMeetingInfo',
        organizer: { user: { id: context.Oid, tenantId: context.Tid } },
      },
      tenantId: context.Tid,
    })
    expect(asked.status).toBe(201)
    await stage.pass()
    expect(heard(stage.bot)).toContain('updated participants of 1')
  })
})

describe('finding', () => {
  test('by id, by link in any escaping, and by conference id', async () => {
    await using stage = await setStage()
    const { id, joinWebUrl, videoTeleconferenceId } = await make(stage)
    expect((await stage.graph('GET', `${ME}/${id}`)).body).toMatchObject({ id })
    for (const link of [joinWebUrl, joinWebUrl.replace('%3a', '%3A')]) {
      const filter = encodeURIComponent(`JoinWebUrl eq '${link}'`)
      expect((await stage.graph('GET', `${ME}?$filter=${filter}`)).body).toMatchObject({
        value: [{ id }],
      })
    }
    const filter = encodeURIComponent(`VideoTeleconferenceId eq '${videoTeleconferenceId}'`)
    const path = `/v1.0/communications/onlineMeetings/?$filter=${filter}`
    expect((await stage.graph('GET', path)).body).toMatchObject({ id })
    await using list = await setStage({ switches: { conferenceIdResponse: 'collection' } })
    expect((await list.graph('GET', path)).body).toEqual({ value: [] })
  })

  test('is for one meeting at a time, of the user asked', async () => {
    await using stage = await setStage()
    const { id } = await make(stage)
    expect(errorOf(await stage.graph('GET', ME)).message).toContain('$filter')
    const other = `/v1.0/users/bob@fabrikam.com/onlineMeetings/${id}`
    expect((await stage.graph('GET', other)).status).toBe(404)
  })
})

describe('createOrGet', () => {
  const path = `${ME}/createOrGet`

  test('makes a meeting once and finds it afterwards', async () => {
    await using stage = await setStage()
    const first = await stage.graph('POST', path, { externalId: 'x', subject: 'Once' })
    const second = await stage.graph('POST', path, { externalId: 'x' })
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body).toMatchObject({ id: first.body.id, subject: 'Once', externalId: 'x' })
    expect(Date.parse(String(first.body.endDateTime))).toBe(stage.clock.now() + 3_600_000)
  })

  test('says 200 to the maker too where the switch says so', async () => {
    await using stage = await setStage({ switches: { createOrGetCreatedStatus: 200 } })
    expect((await stage.graph('POST', path, { externalId: 'x' })).status).toBe(200)
  })

  test('needs an externalId', async () => {
    await using stage = await setStage()
    expect(errorOf(await stage.graph('POST', path, {})).message).toContain('externalId')
  })
})

test('updating changes what is named, and a cancelled meeting is gone', async () => {
  await using stage = await setStage()
  const { id } = await make(stage, { ...HOUR, subject: 'Before' })
  const path = `${ME}/${id}`
  const changed = await stage.graph('PATCH', path, {
    endDateTime: '2026-03-02T18:00:00Z',
    lobbyBypassSettings: { isDialInBypassEnabled: true },
    joinMeetingIdSettings: { isPasscodeRequired: true },
  })
  expect(changed.status).toBe(200)
  expect(changed.body).toMatchObject({
    subject: 'Before',
    endDateTime: '2026-03-02T18:00:00.000Z',
    lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: true },
    joinMeetingIdSettings: { isPasscodeRequired: true, passcode: expect.any(String) },
  })
  const open = { joinMeetingIdSettings: { isPasscodeRequired: false } }
  expect((await stage.graph('PATCH', path, open)).body).toMatchObject({
    joinMeetingIdSettings: { passcode: null },
  })
  expect((await stage.graph('DELETE', path)).status).toBe(204)
  expect((await stage.graph('GET', path)).status).toBe(404)
})

test('recordings are listed, read and downloaded as videos', async () => {
  await using stage = await setStage()
  const { id } = await make(stage)
  const recording = stage.emulator.recordMeeting(stage.emulator.meetingOf(id), 90_000)
  const path = `${ME}/${id}/recordings`
  expect((await stage.graph('GET', path)).body).toMatchObject({
    value: [{ id: recording.id, meetingId: id, meetingOrganizer: { user: {} } }],
  })
  expect((await stage.graph('GET', `${path}/${recording.id}`)).body).toMatchObject({
    createdDateTime: new Date(stage.clock.now() - 90_000).toISOString(),
  })
  const response = await fetch(`${stage.url}${path}/${recording.id}/content`, {
    headers: { Authorization: `Bearer ${stage.token}` },
  })
  expect(response.headers.get('content-type')).toBe('video/mp4')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.subarray(4, 12).toString()).toBe('ftypisom')
  expect(bytes.includes('mvhd')).toBe(true)
  expect((await stage.graph('GET', `${path}/nothing`)).status).toBe(404)
})

describe('permission', () => {
  test.each([
    ['OnlineMeetings.Read.All', 'POST', 403],
    ['OnlineMeetings.ReadWrite.All', 'POST', 201],
    ['Calls.Initiate.All', 'GET', 403],
  ])('%s: %s gives %i', async (role, verb, status) => {
    await using stage = await setStage({ app: { roles: [role] } })
    expect((await stage.graph(verb, verb === 'POST' ? ME : `${ME}/x`)).status).toBe(status)
  })

  test('needs the application access policy too', async () => {
    await using stage = await setStage({ app: { mayActForUsers: false } })
    const asked = await stage.graph('POST', ME, {})
    expect(errorOf(asked).message).toContain('application access policy')
  })

  test('for /me is refused to an application where the switch says so', async () => {
    await using stage = await setStage({ switches: { meWithAppToken: 'refuse' } })
    expect(errorOf(await stage.graph('POST', ME, {})).message).toContain('delegated')
  })
})
