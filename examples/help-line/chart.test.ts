import { whoJoined } from 'callchart/machines'
import { emulate, type TestCall, trafficOf, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { fromPromise } from 'xstate'
import { helpLine } from './chart.ts'

const ann = 'ann@contoso.com'
const ben = 'ben@contoso.com'
const bob = { from: 'bob@fabrikam.com' }

/** The bot, with a duty roster that answers when the test says so, and a shelf for messages. */
function bot(shelf: unknown[] = [], agents: Promise<string[]> = Promise.resolve([ann, ben])) {
  return helpLine.provide({
    actors: {
      findAgents: fromPromise(() => agents),
      keepMessage: fromPromise(async ({ input }) => {
        shelf.push(input)
      }),
    },
  })
}

function count(world: World, request: string): number {
  return world.requests.filter((each) => each === request).length
}

function present(call: TestCall): readonly string[] {
  return call.truth().roster.map(({ name }) => name)
}

test('music plays until agents are found; all are rung, and who picks up first has the call', async () => {
  const { promise, resolve } = Promise.withResolvers<string[]>()
  await using world = await emulate(bot([], promise))
  world.script(ann, 'manual')
  world.script(ben, 'manual')
  const call = await world.ring(bob)
  await call.finishPrompt()
  expect(world.requests).not.toContain('invite')
  resolve([ann, ben])
  await world.advance(1_000)
  expect(count(world, 'invite')).toBe(2)
  await world.pickUp(ben)
  await world.advance(1_000)
  expect(whoJoined((await call.context()) as Parameters<typeof whoJoined>[0], 'agents')).toBe(ben)
  expect(world.requests.slice(-1)).toEqual(['hangUp'])
  expect(present(call)).toEqual(expect.arrayContaining([ben, bob.from]))
})

test('where nobody picks up, the caller leaves a message', async () => {
  const shelf: unknown[] = []
  await using world = await emulate(bot(shelf))
  world.script(ann, 'decline')
  world.script(ben, 'ignore')
  const call = await world.ring(bob)
  await world.advance(32_000)
  await call.finishPrompt()
  await call.say(3_000)
  await call.press('#')
  expect(shelf).toEqual([{ message: expect.objectContaining({ token: expect.any(String) }) }])
  await call.finishPrompt()
  await world.advance(1_000)
  expect(call.state).toBe('terminated')
})

test('1 leads from the queue to the message', async () => {
  await using world = await emulate(bot([], new Promise(() => {})))
  const call = await world.ring(bob)
  await call.press('1')
  expect(world.requests).toContain('recordResponse')
})

test('a crash while it rings rings nobody twice', async () => {
  await using world = await emulate(bot())
  world.script(ann, 'manual')
  world.script(ben, 'manual')
  await world.ring(bob)
  await world.advance(1_000)
  await world.restart()
  await world.pickUp(ann)
  await world.advance(1_000)
  expect(count(world, 'invite')).toBe(2)
  expect(world.requests.slice(-1)).toEqual(['hangUp'])
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(bot(), { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
