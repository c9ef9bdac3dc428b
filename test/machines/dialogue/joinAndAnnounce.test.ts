import { emulate } from 'callchart/testkit'
import { describe, expect, test } from 'vitest'
import { Caller, desk, meetingChartOf } from './desk.ts'

const ann = 'ann@contoso.com'
const meeting = desk.joinAndAnnounce({
  id: 'meeting',
  prompt: 'hello.wav',
  newcomer: () => 'somebody-joins.wav',
  joinMs: 60_000,
  onDone: 'onDone',
  onFailed: 'onFailed',
})

async function join(lobby = false): Promise<Caller> {
  const chart = meetingChartOf(meeting)
  const world = await emulate(chart)
  const { joinMeetingId } = world.meeting(lobby ? { lobby } : {})
  const meetingInfo = { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId }
  const call = await world.call({ meetingInfo })
  await world.advance(500)
  return new Caller(world, call, chart, [])
}

describe('join and announce', () => {
  test('the bot announces itself, then each who joins, and ends when everybody has left', async () => {
    await using caller = await join()
    await caller.call.join(ann)
    await caller.call.finishPrompt()
    await caller.call.join('ben@contoso.com')
    await caller.call.finishPrompt()
    expect(caller.asked).toEqual(['createCall', 'playPrompt', 'playPrompt'])
    await caller.call.leave(ann)
    await caller.call.leave('ben@contoso.com')
    await caller.world.advance(29_000)
    expect(await caller.state()).toBe('shape:alone')
    await caller.world.advance(2_000)
    expect(await caller.state()).toBe('onDone')
  })

  test('who comes back in time keeps the bot there', async () => {
    await using caller = await join()
    await caller.call.finishPrompt()
    await caller.world.advance(20_000)
    await caller.call.join(ann)
    await caller.world.advance(60_000)
    expect(await caller.state()).toBe('shape:together')
  })

  test('fails when the bot is not let in', async () => {
    await using caller = await join(true)
    await caller.world.advance(61_000)
    expect(await caller.state()).toBe('onFailed')
  })

  test('a crash while it speaks changes nothing', async () => {
    await using caller = await join()
    await caller.call.join(ann)
    await caller.world.restart()
    await caller.call.finishPrompt()
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('shape:together')
    expect(caller.asked).toEqual(['createCall', 'playPrompt'])
  })
})
