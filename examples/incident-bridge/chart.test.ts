import { emulate, type TestCall, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import bot from './chart.ts'

const ann = 'ann@contoso.com'
const ben = 'ben@contoso.com'
const kim = 'kim@contoso.com'
const lee = 'lee@contoso.com'
const bob = 'bob@fabrikam.com'

/** The bot is sent into the meeting of an incident. */
function open(world: World, { joinMeetingId } = world.meeting()): Promise<TestCall> {
  const meetingInfo = { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId }
  return world.call({ meetingInfo }, { chart: 'incident-bridge' })
}

function outcomes(of: { readonly [who: string]: string }) {
  return { bot: { outcomes: of } }
}

function present(call: TestCall): readonly string[] {
  return call.truth().roster.map(({ name }) => name)
}

function count(world: World, request: string): number {
  return world.requests.filter((each) => each === request).length
}

/** Calls the bot placed, the incident's own left out, and which of them are not over. */
function pages(world: World, incident: TestCall): { readonly all: number; readonly open: number } {
  const placed = world.calls.filter(({ id }) => id !== incident.id)
  return { all: placed.length, open: placed.filter(({ state }) => state !== 'terminated').length }
}

async function decide(world: World, keys: { readonly [who: string]: string }): Promise<void> {
  for (const [who, key] of Object.entries(keys)) await world.person(who).press(key)
  await world.advance(5_000)
}

test('who presses 1 is fetched out of their page into the incident, and nobody else is rung', async () => {
  await using world = await emulate(bot)
  const incident = await open(world)
  await decide(world, { [ann]: '1', [ben]: '1' })
  expect(present(incident)).toEqual(expect.arrayContaining([ann, ben]))
  expect(pages(world, incident)).toEqual({ all: 2, open: 0 })
  await world.advance(120_000)
  expect(pages(world, incident).all).toBe(2)
  expect(await incident.context()).toMatchObject(outcomes({ [ann]: 'here', [ben]: 'here' }))
})

test('who declines, by the phone or by a key, is reported to the incident, and the next round is rung', async () => {
  await using world = await emulate(bot)
  world.script(ann, 'decline')
  const incident = await open(world)
  await decide(world, { [ben]: '2' })
  expect(await incident.context()).toMatchObject(
    outcomes({ [ann]: 'declined', [ben]: 'declined', [kim]: 'asked', [lee]: 'asked' }),
  )
  const said = world.heldCalls[0]?.asked.filter(({ effect }) => effect === 'playPrompt')
  expect(said?.map(({ params }) => params)).toEqual(
    expect.arrayContaining([
      { prompt: ['ann.wav', 'is-not-coming.wav'] },
      { prompt: ['ben.wav', 'is-not-coming.wav'] },
    ]),
  )
  await decide(world, { [kim]: '1', [lee]: '1' })
  expect(present(incident)).toEqual(expect.arrayContaining([kim, lee]))
})

test('a round of which one comes is followed by the next, until enough are here; the rest is called off', async () => {
  await using world = await emulate(bot)
  world.script(lee, 'ignore')
  const incident = await open(world)
  await decide(world, { [ann]: '1', [ben]: '2' })
  expect(pages(world, incident)).toEqual({ all: 4, open: 2 })
  await decide(world, { [kim]: '1' })
  expect(present(incident)).toEqual(expect.arrayContaining([ann, kim]))
  expect(pages(world, incident)).toEqual({ all: 4, open: 0 })
})

test('where nobody answers, both rounds are over within two minutes, the incident hears so, and the bot leaves', async () => {
  await using world = await emulate(bot)
  for (const who of [ann, ben, kim, lee]) world.script(who, 'ignore')
  const incident = await open(world)
  await incident.join(bob)
  await world.advance(125_000)
  expect(pages(world, incident)).toEqual({ all: 4, open: 0 })
  expect(world.heldCalls[0]?.states).toContain('scenario.paging.exhausted')
  await incident.leave(bob)
  await world.advance(185_000)
  expect(incident.state).toBe('terminated')
})

test('who is here already is not rung, and is no reason to go on ringing', async () => {
  await using world = await emulate(bot)
  const meeting = world.meeting()
  await world.join(meeting, ann)
  const incident = await open(world, meeting)
  await world.until('ben is asked', () => pages(world, incident).open === 1)
  await incident.join(lee)
  await world.advance(5_000)
  expect(pages(world, incident)).toEqual({ all: 1, open: 0 })
  expect(world.heldCalls[0]?.states).toContain('scenario.paging.enough')
})

test('the end of the incident ends every page', async () => {
  await using world = await emulate(bot)
  const incident = await open(world)
  await world.until('both are asked', () => pages(world, incident).open === 2)
  await incident.removeBot()
  await world.advance(5_000)
  expect(pages(world, incident)).toEqual({ all: 2, open: 0 })
})

test('who confirms and cannot be fetched is let go after half a minute', async () => {
  await using world = await emulate(bot)
  const incident = await open(world)
  const pageOf = (who: string) => world.calls.find((call) => present(call).includes(who))
  await world.until('ann is on her page', () => pageOf(ann) !== undefined)
  const page = pageOf(ann)
  world.script(ann, 'ignore')
  await decide(world, { [ann]: '1' })
  expect(page?.state).toBe('established')
  await world.advance(31_000)
  expect(page?.state).toBe('terminated')
  expect(await incident.context()).toMatchObject(outcomes({ [ann]: 'declined' }))
})

test('whoever rings the bot opens an incident, and their call becomes the bridge', async () => {
  await using world = await emulate(bot)
  const incident = await world.ring({ from: bob })
  await decide(world, { [ann]: '1', [ben]: '1' })
  await world.advance(15_000)
  expect(present(incident)).toEqual(expect.arrayContaining([bob, ann, ben]))
  expect(await incident.context()).toMatchObject(outcomes({ [ann]: 'here', [ben]: 'here' }))
})

test.each([0, 50, 500, 1_500])(
  'a crash %i ms after somebody confirmed rings nobody twice and fetches them once',
  async (ms) => {
    await using world = await emulate(bot)
    const incident = await open(world)
    await world.person(ann).press('1')
    await world.advance(ms)
    await world.restart()
    await decide(world, { [ben]: '1' })
    await world.advance(10_000)
    expect(count(world, 'invite')).toBe(2)
    expect(pages(world, incident)).toEqual({ all: 2, open: 0 })
    expect(present(incident)).toEqual(expect.arrayContaining([ann, ben]))
  },
)
