import { describe, expect, test } from 'vitest'
import { heard, lastTold, setStage } from './stage.ts'

const eve = { identity: { user: { id: 'eve@fabrikam.com' } } }

describe('a delta roster', () => {
  const callOptions = { isDeltaRosterEnabled: true }

  test('begins with everyone, then tells what changed, numbered in order', async () => {
    await using stage = await setStage()
    const call = await stage.joined({ callOptions })
    const listed = await stage.ask('GET', `/calls/${call.id}/participants`)
    expect(listed.body.value).toMatchObject([
      { rosterSequenceNumber: 1 },
      { rosterSequenceNumber: 2 },
    ])
    call.join('eve@fabrikam.com')
    call.mute('eve@fabrikam.com')
    call.leave('eve@fabrikam.com')
    await stage.pass()
    const info = { identity: { user: { displayName: 'Eve' } } }
    expect(stage.bot.told.map((told) => told.resourceData)).toMatchObject([
      {
        '@odata.type': '#microsoft.graph.deltaParticipants',
        sequenceNumber: 3,
        participants: [{ info, isMuted: false, rosterSequenceNumber: 3 }],
      },
      { sequenceNumber: 4, participants: [{ info, isMuted: true }] },
      { sequenceNumber: 5, participants: [{ info, removedState: { reason: 'Removed' } }] },
    ])
    for (const { resourceData } of stage.bot.told) {
      expect(resourceData).toHaveProperty('participants.length', 1)
    }
  })

  test('says nothing when nothing in it changed', async () => {
    await using stage = await setStage()
    const call = await stage.joined({ callOptions })
    call.mute()
    call.mute()
    await stage.pass()
    expect(stage.bot.told).toHaveLength(1)
  })

  test('can be restricted to those who take part themselves', async () => {
    await using stage = await setStage()
    const call = await stage.joined({
      callOptions: { ...callOptions, isInteractiveRosterEnabled: true },
    })
    call.join('vic@fabrikam.com', false)
    await stage.pass()
    expect(heard(stage.bot)).toEqual([])
    call.join('eve@fabrikam.com')
    await stage.pass()
    expect(lastTold(stage.bot)).toHaveProperty('participants.length', 1)
  })
})

test('a whole roster carries the number of the update that last touched each entry', async () => {
  await using stage = await setStage()
  const call = await stage.joined()
  call.mute('bob@fabrikam.com')
  await stage.pass()
  expect(stage.bot.told[0]?.resourceData).toMatchObject([
    { rosterSequenceNumber: 1 },
    { rosterSequenceNumber: 3 },
  ])
})

test.each([
  [true, 2],
  [false, 3],
])('hideBotAfterEscalation %s leaves %i in the roster', async (hideBotAfterEscalation, count) => {
  await using stage = await setStage()
  const call = await stage.answered({ callOptions: { hideBotAfterEscalation } })
  await stage.ask('POST', `/calls/${call.id}/participants/invite`, { participants: [eve] })
  await stage.pass(1_000)
  expect(heard(stage.bot).at(-1)).toBe(`updated participants of ${count}`)
})

test('a participant invited hidden is in the call and in no roster', async () => {
  await using stage = await setStage()
  const call = await stage.joined()
  const participants = [{ ...eve, hidden: true }]
  await stage.ask('POST', `/calls/${call.id}/participants/invite`, { participants })
  await stage.pass(1_000)
  expect(heard(stage.bot).at(-1)).toBe('updated participants of 2')
  expect(call.truth().roster.at(-1)).toMatchObject({ name: 'eve@fabrikam.com', hidden: true })
})

describe('hold', () => {
  test('is an inactive audio stream in the roster', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    call.hold()
    call.resume()
    await stage.pass()
    expect(stage.bot.told.map((told) => told.resourceData)).toMatchObject([
      [{}, { mediaStreams: [{ direction: 'inactive' }] }],
      [{}, { mediaStreams: [{ direction: 'sendReceive' }] }],
    ])
  })

  test('is a state of the call where the switch says so', async () => {
    await using stage = await setStage({ switches: { hold: 'state' } })
    const call = await stage.answered()
    call.hold()
    call.resume()
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['updated call hold', 'updated call established'])
  })

  test('is not told at all where the switch says so', async () => {
    await using stage = await setStage({ switches: { hold: 'none' } })
    const call = await stage.joined()
    call.hold()
    await stage.pass()
    expect(stage.bot.told[0]?.resourceData).toMatchObject([
      {},
      { mediaStreams: [{ direction: 'sendReceive' }] },
    ])
    expect(call.truth().roster[1]?.onHold).toBe(true)
  })
})

test('a camera and an idle screen are streams of the roster', async () => {
  await using stage = await setStage({ switches: { idleScreenStream: 'receiveOnly' } })
  const call = await stage.joined()
  call.camera()
  await stage.pass()
  expect(stage.bot.told[0]?.resourceData).toMatchObject([
    {},
    {
      mediaStreams: [
        { mediaType: 'audio' },
        { mediaType: 'video', direction: 'sendReceive' },
        { mediaType: 'videoBasedScreenSharing', direction: 'receiveOnly' },
      ],
    },
  ])
})

test('a transcription is told on the call', async () => {
  await using stage = await setStage()
  const call = await stage.answered()
  call.transcribe()
  await stage.pass()
  expect(lastTold(stage.bot)).toMatchObject({
    state: 'established',
    transcription: { state: 'active' },
  })
})
