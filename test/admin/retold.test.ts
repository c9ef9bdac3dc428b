/** "Make a test of this": what is written runs green, and says nothing of the people. */
import { afterAll, describe, expect, test } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { groupCall } from '../../examples/group-call/chart.ts'
import { incidentBot } from '../../examples/incident-bot/chart.ts'
import { phoneBank } from '../../examples/phone-bank/chart.ts'
import { policyRecording } from '../../examples/policy-recording/chart.ts'
import { standUpBot } from '../../examples/stand-up/chart.ts'
import { voiceRecorder } from '../../examples/voice-recorder/chart.ts'
import type { CallTest } from '../../src/admin/protocol.ts'
import { MadeTests } from '../madeTests.ts'
import { inviting, knowing } from './retoldCharts.ts'
import { Stage } from './stage.ts'

const made = new MadeTests('.retold')
afterAll(() => made[Symbol.dispose]())

const GRAPH = '#microsoft.graph'

const examples = {
  inviting,
  knowing,
  frontDesk,
  groupCall,
  incidentBot,
  phoneBank,
  policyRecording,
  standUp: standUpBot,
  voiceRecorder,
}
type Example = keyof typeof examples
const places: { readonly [Name in Example]: string } = {
  frontDesk: 'examples/front-desk/chart.ts',
  groupCall: 'examples/group-call/chart.ts',
  incidentBot: 'examples/incident-bot/chart.ts',
  inviting: 'test/admin/retoldCharts.ts',
  knowing: 'test/admin/retoldCharts.ts',
  phoneBank: 'examples/phone-bank/chart.ts',
  policyRecording: 'examples/policy-recording/chart.ts',
  standUp: 'examples/stand-up/chart.ts',
  voiceRecorder: 'examples/voice-recorder/chart.ts',
}

/** Calls of real people, played on a stage; each gives the key of the call to be retold. */
const calls: readonly {
  readonly name: string
  readonly chart: Example
  readonly play: (stage: Stage) => Promise<string>
  readonly says?: readonly string[]
}[] = [
  {
    name: 'a caller who pressed 1 and was transferred',
    chart: 'frontDesk',
    play: async (stage) => {
      const call = await greeted(stage)
      await stage.rig.advance(3_000)
      void call.press('1')
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ["await call.press('1')", "'transfer'"],
  },
  {
    name: 'a caller who pressed nothing',
    chart: 'frontDesk',
    play: async (stage) => {
      const call = await greeted(stage)
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ['scenario.goodbye', "'hangUp'"],
  },
  {
    name: 'a caller who pressed a wrong key and hung up',
    chart: 'frontDesk',
    play: async (stage) => {
      const call = await greeted(stage)
      void call.press('7')
      await stage.rig.advance(2_000)
      call.hangUp()
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ['await call.hangUp()'],
  },
  {
    name: 'one of the staff, whom the chart knows by the domain',
    chart: 'frontDesk',
    play: async (stage) => {
      const call = await stage.rig.ring('ann@contoso.com')
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ["from: 'person1@contoso.com'"],
  },
  {
    name: 'a caller at a phone, and a crash while the prompt played',
    chart: 'frontDesk',
    play: async (stage) => {
      const call = await stage.rig.ring('+14255550100')
      await stage.rig.crash()
      await stage.restart()
      await stage.rig.settle()
      call.finishPrompt()
      await stage.rig.settle()
      void call.press('1')
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ['await world.restart()', "from: '+12025550100'"],
  },
  {
    name: 'a call that is not over',
    chart: 'frontDesk',
    play: async (stage) => (await greeted(stage)).id,
  },
  {
    name: 'a message that was recorded',
    chart: 'voiceRecorder',
    play: async (stage) => {
      const call = await stage.rig.ring()
      call.finishPrompt()
      await stage.rig.settle()
      call.say(4_000)
      await stage.rig.advance(10_000)
      call.finishPrompt()
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ['await call.say('],
  },
  {
    name: 'a team that was rung: one mutes, one shares, both leave',
    chart: 'groupCall',
    play: async (stage) => {
      const targets = ['ann@contoso.com', 'ben@contoso.com']
      const key = await stage.rig.bot.call({ targets })
      await stage.rig.advance(3_000)
      const [call] = stage.rig.emulator.calls
      call?.mute('ann@contoso.com')
      await stage.rig.advance(2_000)
      call?.share(true, 'ben@contoso.com')
      await stage.rig.advance(2_000)
      call?.leave('ann@contoso.com')
      await stage.rig.advance(2_000)
      call?.leave('ben@contoso.com')
      await stage.rig.advance(60_000)
      return key
    },
    says: ['call.mute(', 'call.share(true, ', 'call.leave('],
  },
  {
    name: 'a team of whom one never comes',
    chart: 'groupCall',
    play: async (stage) => {
      stage.rig.emulator.script('kim@contoso.com', 'ignore')
      const targets = ['ann@contoso.com', 'kim@contoso.com']
      const key = await stage.rig.bot.call({ targets })
      await stage.rig.advance(70_000)
      stage.rig.emulator.calls[0]?.leave('ann@contoso.com')
      await stage.rig.advance(60_000)
      return key
    },
    says: ["'ignore'"],
  },
  {
    name: 'an incident: responders are invited, one declines, somebody joins uninvited',
    chart: 'incidentBot',
    play: async (stage) => {
      stage.rig.emulator.script('ben@contoso.com', 'decline')
      const call = await stage.rig.ring('bob@fabrikam.com')
      await stage.rig.advance(5_000)
      call.join('eve@fabrikam.com')
      await stage.rig.advance(5_000)
      return call.id
    },
    says: ["world.script('ben@contoso.com', 'decline')"],
  },
  {
    name: 'a meeting that the bot joined by its id, where somebody was and somebody comes',
    chart: 'standUp',
    play: async (stage) => {
      const { emulator } = stage.rig
      const meeting = emulator.meeting({ organizer: 'olivia@fabrikam.com', passcode: 'Quai7' })
      emulator.join(meeting, 'bob@fabrikam.com')
      const { joinMeetingId, passcode = '' } = meeting
      const meetingInfo = {
        '@odata.type': `${GRAPH}.joinMeetingIdMeetingInfo`,
        joinMeetingId,
        passcode,
      }
      const key = await stage.rig.bot.call({ meetingInfo })
      await stage.rig.advance(2_000)
      const [call] = emulator.calls
      call?.finishPrompt()
      await stage.rig.advance(2_000)
      call?.join('ann@contoso.com')
      await stage.rig.advance(2_000)
      call?.finishPrompt()
      await stage.rig.advance(1_000)
      call?.leave('bob@fabrikam.com')
      call?.leave('ann@contoso.com')
      await stage.rig.advance(60_000)
      return key
    },
    says: ['await world.join(meeting, ', 'joinMeetingId: meeting.joinMeetingId', 'call.join('],
  },
  {
    name: 'a meeting of an organizer, with a lobby where the bot waited, and from which it was removed',
    chart: 'standUp',
    play: async (stage) => {
      const { emulator } = stage.rig
      const { organizer, threadId, tenantId } = emulator.meeting({
        organizer: 'olivia@fabrikam.com',
        lobby: true,
      })
      const key = await stage.rig.bot.call({
        chatInfo: { threadId, messageId: '0' },
        meetingInfo: {
          '@odata.type': `${GRAPH}.organizerMeetingInfo`,
          organizer: { user: { id: organizer.id } },
        },
        tenantId,
      })
      await stage.rig.advance(40_000)
      const [call] = emulator.calls
      call?.join('bob@fabrikam.com')
      call?.admit()
      await stage.rig.advance(2_000)
      call?.finishPrompt()
      await stage.rig.advance(2_000)
      call?.removeBot()
      await stage.rig.advance(60_000)
      return key
    },
    says: ['lobby: true', 'call.admit()', 'threadId: meeting.threadId', 'call.removeBot()'],
  },
  {
    name: 'a meeting where nobody let the bot in',
    chart: 'standUp',
    play: async (stage) => {
      const { token } = stage.rig.emulator.meeting({ lobby: true })
      const meetingInfo = { '@odata.type': `${GRAPH}.tokenMeetingInfo`, token }
      const key = await stage.rig.bot.call({ meetingInfo })
      await stage.rig.advance(31 * 60_000)
      return key
    },
    says: ['token: meeting.token', 'lobby: true'],
  },
  {
    name: 'a policy that obliges one, then another, and both leave',
    chart: 'policyRecording',
    play: async (stage) => {
      const call = stage.rig.emulator.policyCall({
        user: 'bob@fabrikam.com',
        otherSide: 'ann@contoso.com',
      })
      await stage.rig.advance(3_000)
      await stage.joins(call, 'eve@fabrikam.com')
      call.policyLeave('eve@fabrikam.com')
      await stage.rig.advance(2_000)
      call.policyLeave('bob@fabrikam.com')
      await stage.rig.advance(60_000)
      return call.id
    },
    says: [
      "await world.policyCall({ user: 'person1@tenant1.example', meeting })",
      "await world.join(meeting, 'person2@tenant2.example')",
      "await call.policyJoin('person3@tenant1.example')",
      "await call.policyLeave('person3@tenant1.example')",
    ],
  },
  {
    name: 'a policy whose bot has another one called for everybody else',
    chart: 'inviting',
    play: async (stage) => {
      const { emulator } = stage.rig
      const call = emulator.policyCall({ user: 'bob@fabrikam.com' })
      await stage.rig.advance(3_000)
      await stage.joins(call, 'eve@fabrikam.com')
      call.policyLeave('bob@fabrikam.com')
      await stage.rig.advance(60_000)
      return call.id
    },
    says: ["await call.policyJoin('person2@tenant1.example')", 'call.requests'],
  },
  {
    name: 'a PIN that the bank has checked, and a key that is none of it',
    chart: 'phoneBank',
    play: async (stage) => {
      const call = await stage.rig.ring()
      for (const key of ['1', '8', '6', '4', '2', '1']) {
        await stage.rig.advance(1_000)
        void call.press(key)
        await stage.rig.settle()
      }
      call.finishPrompt()
      await stage.rig.advance(60_000)
      return call.id
    },
    says: [
      'keys are not kept',
      'phoneBank.provide({ actors: { blockCard: gave(async () => {}) } })',
    ],
  },
  {
    name: 'a customer of whom promise logic knew much, and then could not be asked',
    chart: 'knowing',
    play: async (stage) => (await stage.rig.ring()).id,
    says: ['name: ', 'isGood: true', 'throw new Error(', "'scenario.staying'"],
  },
]

describe('a test made of a call', () => {
  const told: CallTest[] = []

  test.each(calls)('is written for $name', async ({ chart, play, says = [] }) => {
    const machine: AnyStateMachine = examples[chart]
    await using stage = await Stage.open(machine)
    const key = await play(stage)
    const written = await stage.get<CallTest>(`/calls/${key}/test`)
    expect(written.text).not.toMatch(
      /bob|fabrikam|Ann\b|ann@|14255550100|Quai7|19.?770|[0-9a-f]{8}-[0-9a-f]{4}/i,
    )
    for (const text of says) expect(written.text).toContain(text)
    // A user's chart stands beside the test, under the name that is guessed from its id.
    const text = written.text
      .replace("'./chart.ts'", `'../../${places[chart]}'`)
      .replace('import { standUp }', 'import { standUpBot as standUp }')
    made.write(`${told.length}.${written.name}`, text)
    told.push(written)
  })

  test('runs green, each of them', () => {
    expect(told).toHaveLength(calls.length)
    const { status, text } = made.run('--no-isolate')
    expect(status, text).toBe(0)
    expect(text).toContain(`${calls.length} passed`)
  })
})

test('a call that was placed to nobody and into no meeting is refused, with why', async () => {
  await using stage = await Stage.open(groupCall)
  const key = await stage.rig.bot.call({ subject: 'Nobody yet' })
  await stage.rig.advance(2_000)
  const response = await stage.ask(`/calls/${key}/test`)
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({
    code: 'call.notRetold',
    what: expect.stringContaining('nothing says whom to call'),
    fix: expect.stringContaining('world.call'),
  })
})

test('the file itself is downloaded under its name', async () => {
  await using stage = await Stage.open()
  const call = await greeted(stage)
  const { name, text } = await stage.get<CallTest>(`/calls/${call.id}/test`)
  const response = await stage.ask(`/calls/${call.id}/test?download=1`)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`)
  expect(await response.text()).toBe(text)
})

/** A caller who has heard the greeting. */
async function greeted(stage: Stage) {
  const call = await stage.rig.ring()
  call.finishPrompt()
  await stage.rig.settle()
  return call
}
