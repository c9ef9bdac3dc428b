import { emulate } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { busyBot } from '../simulation/bot.ts'

test('a person rings, presses and hangs up', async () => {
  await using world = await emulate(frontDesk)
  const bob = world.person('bob@fabrikam.com')
  const call = await bob.ring()
  await call.finishPrompt()
  await bob.press('2')
  expect(bob.call).toBe(call)
  await bob.hangUp()
  expect(call.state).toBe('terminated')
  expect(() => bob.call).toThrow('bob@fabrikam.com is on no call')
})

test('a person who is called declines, though they would have answered', async () => {
  await using world = await emulate(busyBot)
  const bob = world.person('bob@fabrikam.com')
  const call = await world.call({ targets: 'bob@fabrikam.com' })
  await bob.decline()
  await world.advance(60_000)
  expect(call.state).toBe('terminated')
  expect(world.emulator.record).toContainEqual(
    expect.objectContaining({ who: 'bob@fabrikam.com', action: 'declined' }),
  )
})

test('a person whose script is manual picks up once it rings, and is then on the call', async () => {
  await using world = await emulate(busyBot)
  const bob = world.person('bob@fabrikam.com')
  bob.script('manual')
  const call = await world.call({ targets: 'bob@fabrikam.com' })
  await bob.pickUp()
  await world.until('established', () => call.state === 'established')
  expect(bob.call.id).toBe(call.id)
})

test('who is called acts as soon as they are on the call', async () => {
  await using world = await emulate(busyBot)
  const call = await world.call({ targets: 'bob@fabrikam.com' })
  await world.person('bob@fabrikam.com').mute()
  expect(call.truth().roster).toContainEqual(
    expect.objectContaining({ name: 'bob@fabrikam.com', muted: true }),
  )
})

test('the other party adds somebody who declines: the call is one of many all the same', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.person('bob@fabrikam.com').ring()
  world.script('eve@fabrikam.com', 'decline')
  await call.escalate('eve@fabrikam.com')
  await world.advance(10_000)
  expect(call.states).toContain('topology.multiparty.rosterSilent')
  expect(call.truth()).toMatchObject({ topology: 'group', roster: { length: 2 } })
  expect(world.asCommands()).toContain('npx callchart sim escalate eve@fabrikam.com')
})

test('people are in a meeting before the bot joins it, and act there', async () => {
  await using world = await emulate(busyBot)
  const meeting = world.meeting({ organizer: 'olivia@contoso.com' })
  const [ann, carol] = [world.person('ann@contoso.com'), world.person('carol@contoso.com')]
  await ann.join(meeting)
  await carol.join(meeting)
  const call = await world.call({
    chatInfo: { threadId: meeting.threadId, messageId: '0' },
    meetingInfo: {
      '@odata.type': '#microsoft.graph.organizerMeetingInfo',
      organizer: { user: { id: meeting.organizer.id } },
    },
  })
  await ann.share()
  await carol.leave()
  await ann.hold()
  const { roster } = call.truth()
  expect(roster.filter(({ name }) => name.includes('@'))).toMatchObject([
    { name: 'ann@contoso.com', sharing: true, onHold: true },
  ])
})

test('who leaves a meeting they are not in is told so', async () => {
  await using world = await emulate(busyBot)
  await expect(world.leave(world.meeting(), 'ann@contoso.com')).rejects.toThrow('is not in')
})
