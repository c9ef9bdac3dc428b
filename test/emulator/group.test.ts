import { describe, expect, test } from 'vitest'
import type { EmulatedCall } from '../../src/emulator/index.ts'
import { errorOf, heard, lastTold, setStage } from './stage.ts'

const eve = { identity: { user: { id: 'eve@fabrikam.com' } } }
const dan = { identity: { user: { id: 'dan@fabrikam.com' } } }

const idOf = (call: EmulatedCall, name: string) =>
  call.truth().roster.find((each) => each.name === name)?.id

describe('mute', () => {
  test('is completed at once and shown in the roster; unmute undoes it', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const muted = await stage.ask('POST', `/calls/${call.id}/mute`, { clientContext: 'hush' })
    expect(muted.status).toBe(200)
    expect(muted.headers.get('location')).toContain(`/operations/${muted.body.id}`)
    expect(muted.body).toMatchObject({
      '@odata.type': '#microsoft.graph.muteParticipantOperation',
      status: 'completed',
      clientContext: 'hush',
    })
    expect(call.truth().muted).toBe(true)
    const unmuted = await stage.ask('POST', `/calls/${call.id}/unmute`, {})
    expect(unmuted.body).toMatchObject({
      '@odata.type': '#microsoft.graph.unmuteParticipantOperation',
      status: 'completed',
    })
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['updated participants of 2', 'updated participants of 2'])
    expect(stage.bot.told[0]?.resourceData).toMatchObject([{ isMuted: true }, { isMuted: false }])
    expect(call.truth().muted).toBe(false)
  })

  test('of a participant is a server mute', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `/calls/${call.id}/participants/${idOf(call, 'bob@fabrikam.com')}/mute`
    expect((await stage.ask('POST', path, {})).body).toMatchObject({ status: 'completed' })
    await stage.pass()
    expect(stage.bot.told[0]?.resourceData).toMatchObject([
      { isMuted: false },
      { isMuted: true, mediaStreams: [{ serverMuted: true }] },
    ])
  })

  test.each(['mute', 'unmute', 'changeScreenSharingRole'])(
    '%s is for group calls only',
    async (action) => {
      await using stage = await setStage()
      const call = await stage.answered()
      const asked = await stage.ask('POST', `/calls/${call.id}/${action}`, { role: 'sharer' })
      expect(asked.status).toBe(400)
      expect(errorOf(asked).code).toBe('BadRequest')
    },
  )
})

test('changeScreenSharingRole shows in the roster, with app-hosted media only', async () => {
  await using stage = await setStage()
  const hosted = await stage.joined()
  const path = (call: EmulatedCall) => `/calls/${call.id}/changeScreenSharingRole`
  expect((await stage.ask('POST', path(hosted), { role: 'sharer' })).status).toBe(400)
  hosted.hangUp('bob@fabrikam.com')

  await using other = await setStage()
  const call = await other.joined({ mediaConfig: other.appHosted })
  expect((await other.ask('POST', path(call), { role: 'sharer' })).status).toBe(202)
  await other.pass()
  expect(other.bot.told.at(-1)?.resourceData).toMatchObject([
    {
      mediaStreams: [
        { mediaType: 'audio' },
        { mediaType: 'videoBasedScreenSharing', direction: 'sendOnly' },
      ],
    },
    {},
  ])
  expect(call.truth().sharing).toBe(true)
})

describe('participants', () => {
  test('people come, mute, share and go, and every change is a whole roster', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    call.join('eve@fabrikam.com')
    call.mute('eve@fabrikam.com')
    call.unmute('eve@fabrikam.com')
    call.share(true, 'eve@fabrikam.com')
    call.leave('eve@fabrikam.com')
    await stage.pass()
    expect(heard(stage.bot)).toEqual([3, 3, 3, 3, 2].map((n) => `updated participants of ${n}`))
    expect(call.state).toBe('established')
  })

  test('can be read one by one in a group call, not in a P2P call', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `/calls/${call.id}/participants/${idOf(call, 'bob@fabrikam.com')}`
    expect((await stage.ask('GET', path)).body).toMatchObject({
      info: { identity: { user: { displayName: 'Bob' } } },
    })
    expect((await stage.ask('GET', `/calls/${call.id}/participants/nobody`)).status).toBe(404)
    const p2p = await stage.answered()
    expect((await stage.ask('GET', `/calls/${p2p.id}/participants`)).status).toBe(400)
  })

  test('are removed without a notification, where the tenant allows it', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `/calls/${call.id}/participants/${idOf(call, 'bob@fabrikam.com')}`
    expect((await stage.ask('DELETE', path)).status).toBe(204)
    await stage.pass()
    expect(heard(stage.bot)).toEqual([])
    expect(call.truth().roster).toHaveLength(1)

    await using strict = await setStage({ app: { mayRemoveParticipants: false } })
    const kept = await strict.joined()
    expect((await strict.ask('DELETE', `/calls/${kept.id}/participants/x`)).status).toBe(403)
  })
})

describe('invite', () => {
  test('runs until the invited has answered, then shows the roster', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const asked = await stage.ask('POST', `/calls/${call.id}/participants/invite`, {
      participants: [eve, dan],
      clientContext: 'more',
    })
    expect(asked.status).toBe(200)
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
      status: 'Running',
      clientContext: 'more',
      participants: [eve, dan],
    })
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual([
      'updated participants of 3',
      'deleted operations completed',
      'updated participants of 4',
    ])
  })

  test('on a P2P call makes it a group call with a live roster', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const path = `/calls/${call.id}/participants/invite`
    expect((await stage.ask('POST', path, { participants: [eve, dan] })).status).toBe(400)
    await stage.ask('POST', path, { participants: [eve] })
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual(['deleted operations completed', 'updated participants of 3'])
    expect(call.truth().topology).toBe('group')
  })

  test('with replacesCallId ends the P2P call the person was in', async () => {
    await using stage = await setStage()
    const p2p = await stage.answered()
    const call = await stage.joined()
    const bob = { identity: { user: { id: 'bob@fabrikam.com' } }, replacesCallId: p2p.id }
    await stage.ask('POST', `/calls/${call.id}/participants/invite`, { participants: [bob, eve] })
    await stage.pass(1_000)
    expect(p2p.state).toBe('terminated')
    expect(call.truth().roster.map((each) => each.name)).not.toContain('eve@fabrikam.com')
  })

  test('fails when declined', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'decline')
    const call = await stage.joined()
    await stage.ask('POST', `/calls/${call.id}/participants/invite`, { participants: [eve] })
    await stage.pass(1_000)
    expect(heard(stage.bot)).toEqual(['deleted operations failed'])
  })

  test('still ringing is called off by a delete', async () => {
    await using stage = await setStage()
    stage.emulator.script('eve@fabrikam.com', 'manual')
    const call = await stage.joined()
    const asked = await stage.ask('POST', `/calls/${call.id}/participants/invite`, {
      participants: [eve],
    })
    const path = `/calls/${call.id}/participants/${asked.body.id}`
    expect((await stage.ask('DELETE', path)).status).toBe(204)
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({ status: 'failed' })
    expect(() => stage.emulator.pickUp('eve@fabrikam.com')).toThrow('Nothing rings')
  })

  test.each([
    ['nobody', []],
    ['6 people', Array(6).fill(eve)],
    ['another bot', [{ identity: { application: { id: 'b' } } }]],
    ['who is there already', [{ identity: { user: { id: 'bob@fabrikam.com' } } }]],
    ['a phone without a number to call from', [{ identity: { phone: { id: '+14255550100' } } }]],
  ])('refuses %s', async (_, participants) => {
    await using stage = await setStage()
    const call = await stage.joined()
    const asked = await stage.ask('POST', `/calls/${call.id}/participants/invite`, { participants })
    expect(asked.status).toBe(400)
  })
})

describe('escalation by somebody else', () => {
  test('tells the bot its new coordinates, but no roster unless the switch says so', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    call.join('eve@fabrikam.com')
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['updated call established'])
    expect(lastTold(stage.bot)).toHaveProperty('chatInfo.threadId')
    const listed = await stage.ask('GET', `/calls/${call.id}/participants`)
    expect(listed.body.value).toHaveLength(3)

    await using live = await setStage({ switches: { escalatedRoster: 'live' } })
    ;(await live.answered()).join('eve@fabrikam.com')
    await live.pass()
    expect(heard(live.bot)).toEqual(['updated call established', 'updated participants of 3'])
  })

  test.each([
    ['answer', 3],
    ['decline', 2],
  ] as const)('by adding somebody who rings and would %s', async (script, size) => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.emulator.script('eve@fabrikam.com', script)
    call.escalate('eve@fabrikam.com')
    expect(call.truth()).toMatchObject({ topology: 'group', roster: { length: 2 } })
    expect(stage.emulator.rings('eve@fabrikam.com')).toBe(true)
    await stage.pass(stage.emulator.switches.ringDelayMs)
    expect(heard(stage.bot)).toEqual(['updated call established'])
    expect(call.truth().roster).toHaveLength(size)
  })

  test('is of a call of two only, and not of who is in it', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    expect(() => call.escalate('bob@fabrikam.com')).toThrow('in call')
    call.escalate('eve@fabrikam.com')
    expect(() => call.escalate('dan@fabrikam.com')).toThrow('a group call already')
  })

  test('leaves nobody behind who is still rung when the one who rings them up goes', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.emulator.script('eve@fabrikam.com', 'manual')
    call.escalate('eve@fabrikam.com')
    call.hangUp()
    stage.emulator.pickUp('eve@fabrikam.com')
    expect(call.truth().roster.map(({ name }) => name)).not.toContain('eve@fabrikam.com')
  })

  test('drops a bot that may not be in a group', async () => {
    await using stage = await setStage({ app: { roles: ['Calls.Initiate.All'] } })
    const call = await stage.answered()
    call.join('eve@fabrikam.com')
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['deleted call terminated'])
  })
})

test('an ad-hoc group ends when only the bot is left, where the switch says so', async () => {
  await using stage = await setStage({ switches: { endWhenAlone: true, farEndTerminating: true } })
  const call = await stage.answered()
  call.join('eve@fabrikam.com')
  call.leave('eve@fabrikam.com')
  call.leave('bob@fabrikam.com')
  expect(call.truth().result).toMatchObject({ code: 200, subcode: 5010 })
  expect(() => call.hangUp()).toThrow('has ended')
})
