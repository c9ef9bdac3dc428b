import { describe, expect, test } from 'vitest'
import { heard, lastTold, setStage } from './stage.ts'

const INSTANCE = { id: 'a3c9b1de-5c8e-4b43-8f0c-1d7d0f8a2b11' }

const accept = { '@odata.type': '#microsoft.graph.acceptJoinResponse' }
const reject = { '@odata.type': '#microsoft.graph.rejectJoinResponse', reason: 'busy' }

/** A policy recording call, answered for so many participants. */
async function recording(
  participantCapacity: number,
  options: Parameters<typeof setStage>[0] = {},
) {
  const stage = await setStage({ app: { instances: [INSTANCE] }, ...options })
  const call = stage.emulator.policyCall({ user: 'bob@fabrikam.com' })
  await stage.pass()
  const body = { ...stage.acceptance, mediaConfig: stage.appHosted, participantCapacity }
  expect((await stage.ask('POST', `/calls/${call.id}/answer`, body)).status).toBe(202)
  await stage.pass()
  stage.bot.told.length = 0
  return { stage, call }
}

test('a policy call names the recorded, the policy and the token of the meeting', async () => {
  await using stage = await setStage({ app: { instances: [INSTANCE] } })
  const call = stage.emulator.policyCall({
    user: 'bob@fabrikam.com',
    otherSide: 'eve@fabrikam.com',
    policyIdentifier: 'policy-1',
  })
  await stage.pass()
  const bob = call.truth().roster.find((each) => each.name === 'bob@fabrikam.com')
  expect(heard(stage.bot)).toEqual(['created call incoming'])
  expect(lastTold(stage.bot)).toMatchObject({
    source: { identity: { user: { displayName: 'Bob' } } },
    targets: [{ identity: { applicationInstance: { id: INSTANCE.id } } }],
    meetingInfo: { '@odata.type': '#microsoft.graph.tokenMeetingInfo', token: expect.any(String) },
    incomingContext: { observedParticipantId: bob?.id, sourceParticipantId: bob?.id },
    applicationMetadata: {
      botData: {
        mediaHostedRegion: expect.any(String),
        user: { participationMethod: 'voip', clientLocation: expect.any(String) },
        otherSideUser: { participationMethod: 'voip' },
        inviteReasons: ['PolicyBasedRecording'],
        policyIdentifier: 'policy-1',
        pairedRecorders: [],
        otherRecorders: [],
      },
    },
  })
})

test('the bot has 5 s to answer', async () => {
  await using stage = await setStage()
  const call = stage.emulator.policyCall({ user: 'bob@fabrikam.com' })
  await stage.pass(4_999)
  expect(call.state).toBe('incoming')
  await stage.pass(1)
  expect(call.state).toBe('terminated')
})

test('the bot follows the roster and is in none', async () => {
  const { stage, call } = await recording(1)
  await using _ = stage
  call.join('eve@fabrikam.com')
  await stage.pass()
  expect(heard(stage.bot)).toEqual(['updated participants of 2'])
  expect(call.truth().roster[1]).toMatchObject({ hidden: true })
})

describe('one more user of the policy', () => {
  test.each([200, 202])('is recorded too when the bot accepts with %i', async (status) => {
    const { stage, call } = await recording(2)
    await using _ = stage
    stage.bot.answers.push({ status: 202 }, { status, body: accept })
    expect(await call.policyJoin('eve@fabrikam.com')).toEqual({ outcome: 'accepted' })
    const eve = call.truth().roster.find((each) => each.name === 'eve@fabrikam.com')
    expect(eve?.recorded).toBe(true)
    expect(stage.bot.told.at(-1)).toMatchObject({
      path: '/api/calls/desk',
      resourceUrl: `/communications/calls/${call.id}/participantJoiningNotification`,
      resourceData: {
        '@odata.type': '#microsoft.graph.participantJoiningNotification',
        call: { id: call.id, incomingContext: { observedParticipantId: eve?.id } },
      },
    })
  })

  test('is not recorded when the bot rejects, and its place stays free', async () => {
    const { stage, call } = await recording(2)
    await using _ = stage
    stage.bot.answers.push({ status: 202 }, { status: 200, body: reject })
    expect(await call.policyJoin('eve@fabrikam.com')).toEqual({
      outcome: 'rejected',
      reason: 'busy',
    })
    stage.bot.answers.push({ status: 202 }, { status: 200, body: accept })
    expect((await call.policyJoin('dan@fabrikam.com')).outcome).toBe('accepted')
  })

  test('is a fresh call at the inviteUri the bot names', async () => {
    const { stage, call } = await recording(2)
    await using _ = stage
    const inviteUri = `${stage.bot.url}/api/calls/second`
    const body = { '@odata.type': '#microsoft.graph.inviteNewBotResponse', inviteUri }
    stage.bot.answers.push({ status: 202 }, { status: 200, body })
    const joining = await call.policyJoin('eve@fabrikam.com')
    await stage.pass()
    expect(joining.outcome).toBe('newCall')
    expect(stage.bot.told.at(-1)).toMatchObject({
      path: '/api/calls/second',
      changeType: 'created',
      resourceUrl: `/communications/calls/${joining.callId}`,
      resourceData: {
        applicationMetadata: { botData: { inviteReasons: ['PolicyBasedRecording'] } },
      },
    })
  })

  test('is a fresh call at the webhook once the capacity is used', async () => {
    const { stage, call } = await recording(1)
    await using _ = stage
    const joining = await call.policyJoin('eve@fabrikam.com')
    await stage.pass()
    expect(joining.outcome).toBe('newCall')
    expect(stage.bot.told.at(-1)).toMatchObject({ path: '/api/calls', changeType: 'created' })
  })

  test.each([
    ['newCall', 'newCall'],
    ['accept', 'accepted'],
    ['reject', 'rejected'],
  ] as const)('without a response body: %s', async (unansweredJoining, outcome) => {
    const { stage, call } = await recording(2, { switches: { unansweredJoining } })
    await using _ = stage
    expect((await call.policyJoin('eve@fabrikam.com')).outcome).toBe(outcome)
  })

  test.each([
    ['call', ''],
    ['participants', '/participants/'],
  ] as const)('is asked about at another address: %s', async (policyUrl, tail) => {
    const { stage, call } = await recording(2, { switches: { policyUrl } })
    await using _ = stage
    await call.policyJoin('eve@fabrikam.com')
    const asked = stage.bot.told.find((told) => !Array.isArray(told.resourceData))
    expect(asked?.resourceUrl).toContain(`/calls/${call.id}${tail}`)
  })
})

describe('a recorded user who leaves', () => {
  test('is told with their participant id; others are not', async () => {
    const { stage, call } = await recording(2)
    await using _ = stage
    stage.bot.answers.push({ status: 202 }, { status: 200, body: accept })
    await call.policyJoin('eve@fabrikam.com')
    call.join('dan@fabrikam.com')
    const eve = call.truth().roster.find((each) => each.name === 'eve@fabrikam.com')
    call.policyLeave('eve@fabrikam.com')
    call.leave('dan@fabrikam.com')
    await stage.pass()
    const left = stage.bot.told.filter((told) => told.resourceUrl.endsWith('LeftNotification'))
    expect(left).toHaveLength(1)
    expect(left[0]?.resourceData).toMatchObject({
      '@odata.type': '#microsoft.graph.participantLeftNotification',
      participantId: eve?.id,
      call: { id: call.id },
    })
    expect(call.state).toBe('established')
  })

  test.each([
    [true, 'terminated'],
    [false, 'established'],
  ] as const)(
    'and was the last: endWhenNobodyRecorded %s',
    async (endWhenNobodyRecorded, state) => {
      const { stage, call } = await recording(1, { switches: { endWhenNobodyRecorded } })
      await using _ = stage
      call.policyLeave('bob@fabrikam.com')
      await stage.pass()
      expect(call.state).toBe(state)
    },
  )
})

test('recording status is shown of the bot, and any other call has no policy', async () => {
  const { stage, call } = await recording(1)
  await using _ = stage
  const path = `/calls/${call.id}/updateRecordingStatus`
  expect((await stage.ask('POST', path, { status: 'Recording' })).body).toMatchObject({
    status: 'completed',
  })
  expect(call.truth().recordingStatus).toBe('recording')
  const other = await stage.answered()
  expect(() => other.policyLeave('bob@fabrikam.com')).toThrow('not a policy-based recording')
})
