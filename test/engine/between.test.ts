/** Calls that talk to one another: once, in order, and through crashes. */
import { callChart, callSetup } from 'callchart/machines'
import { emulate, type World } from 'callchart/testkit'
import { describe, expect, test } from 'vitest'
import { assign } from 'xstate'

type Hub = { readonly heard: readonly string[]; readonly legs: readonly string[] }
type Said = { readonly type: 'leg.said'; readonly word: string; readonly from: string }
type Go = { readonly type: 'hub.go'; readonly from: string }

const setup = callSetup.extend({
  types: {} as { bot: Hub; events: Said | Go; private: { digits: string } },
  actions: {
    note: assign({
      bot: ({ context: { bot }, event }) =>
        event.type === 'leg.said' ? { ...bot, heard: [...bot.heard, event.word] } : bot,
    }),
    keepLeg: assign({
      bot: ({ context: { bot }, event }) =>
        event.type === 'placeCall.placed' ? { ...bot, legs: [...bot.legs, event.key] } : bot,
    }),
    keepDigits: assign({ private: { digits: '493817' } }),
  },
})

/** Places a leg when it stands, and tells it to go once it is placed. */
const placing = setup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'placing' } },
    placing: {
      entry: {
        type: 'placeCall',
        params: { chart: 'leg', request: { targets: 'ann@contoso.com' } },
      },
      on: {
        'placeCall.placed': {
          target: 'listening',
          actions: [
            'keepLeg',
            {
              type: 'tellCall',
              params: ({ event }) => ({ key: event.key, event: { type: 'hub.go' } }),
            },
          ],
        },
        'placeCall.failed': 'alone',
      },
    },
    listening: { on: { 'tellCall.failed': 'alone' } },
    alone: {},
  },
  on: { 'leg.said': { actions: 'note' } },
})
const hub = setup.createMachine(
  callChart({
    id: 'hub',
    version: '1',
    bot: { heard: [], legs: [] },
    scenario: placing,
  }),
)

const say = (word: string) => ({
  type: 'tellCall' as const,
  params: ({ context }: { context: { placedBy?: string | undefined } }) => ({
    key: context.placedBy ?? '',
    event: { type: 'leg.said', word },
  }),
})

/** Tells whoever placed it what comes about. */
const leg = setup.createMachine(
  callChart({
    id: 'leg',
    version: '1',
    bot: { heard: [], legs: [] },
    scenario: setup.createStateConfig({
      initial: 'open',
      states: { open: {}, over: { type: 'final' } },
      on: {
        'hub.go': { actions: [say('one'), say('two')] },
        'call.established': { actions: say('here') },
        'call.terminated': { target: '.over', actions: say('bye') },
      },
    }),
  }),
)

const bot = { charts: [{ chart: hub }, { chart: leg }], choose: () => 'hub' }

async function heardBy(world: World, callId: string): Promise<readonly string[]> {
  const context = (await world.contextOf(callId)) as { readonly bot: Hub }
  return context.bot.heard
}

function legIn(world: World) {
  const call = world.emulator.calls.find((each) => each.resource().direction === 'outgoing')
  if (!call) throw new Error('No leg was placed.')
  return call
}

describe('one call and the leg it places', () => {
  test('the leg is placed on the chart named, and hears and tells in order', async () => {
    await using world = await emulate(bot)
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(3_000)
    expect(await heardBy(world, call.id)).toEqual(['one', 'two', 'here'])
    legIn(world).hangUp()
    await world.advance(1_000)
    expect((await heardBy(world, call.id)).at(-1)).toBe('bye')
  })

  test('what a leg says last is said although it has ended, and it is then over', async () => {
    await using world = await emulate(bot)
    await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(3_000)
    const key = String(legIn(world).resource().callbackUri).split('/').at(-1) ?? ''
    legIn(world).hangUp()
    await world.advance(1_000)
    expect((await world.disk.store.load(key))?.status).toBe('ended')
  })

  test.each([0, 5, 40, 400, 2_000])(
    'a crash after %i ms repeats and loses nothing',
    async (afterMs) => {
      await using world = await emulate(bot)
      const call = await world.ring({ from: 'bob@fabrikam.com' })
      await world.advance(afterMs)
      await world.restart()
      await world.advance(5_000)
      expect(world.emulator.calls).toHaveLength(2)
      expect((await heardBy(world, call.id)).toSorted()).toEqual(['here', 'one', 'two'])
    },
  )
})

/** A call that does one thing between calls when it stands, and then waits. */
function asking(effect: object) {
  return setup.createMachine(
    callChart({
      id: 'asking',
      version: '1',
      bot: { heard: [], legs: [] },
      scenario: setup.createStateConfig({
        initial: 'waiting',
        states: {
          waiting: { on: { 'call.established': { target: 'asked', actions: Object(effect) } } },
          asked: {
            on: {
              'tellCall.failed': 'failed',
              'placeCall.failed': 'failed',
              'tellCall.delivered': 'delivered',
              'engine.error': 'refused',
            },
          },
          failed: { entry: 'mute' },
          delivered: { entry: 'unmute' },
          refused: { entry: 'hangUp' },
        },
      }),
    }),
  )
}

async function scenarioAfter(effect: object): Promise<unknown> {
  await using world = await emulate(asking(effect))
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await world.advance(2_000)
  const turns = world.records.filter((record) => record.kind === 'turned' && record.key === call.id)
  const last = turns.at(-1)
  return last?.kind === 'turned' && last.states.find((state) => state.startsWith('scenario.'))
}

describe('what cannot be', () => {
  const to = (key: string, event: object = { type: 'desk.word' }) => ({
    type: 'tellCall',
    params: () => ({ key, event }),
  })

  test.each([
    ['telling a call that is not there', to('nobody'), 'scenario.failed'],
    [
      'telling a fact that is not the bot’s to tell',
      to('x', { type: 'call.established' }),
      'scenario.failed',
    ],
    [
      'placing a call on a chart that is not there',
      { type: 'placeCall', params: { chart: 'none', request: { targets: 'ann@contoso.com' } } },
      'scenario.failed',
    ],
  ])('%s fails as an event', async (_, effect, state) => {
    expect(await scenarioAfter(effect)).toBe(state)
  })

  test('telling an ended call fails as an event', async () => {
    await using world = await emulate({
      charts: [{ chart: hub }, { chart: leg }],
      choose: () => 'hub',
    })
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(3_000)
    await call.hangUp()
    legIn(world).hangUp()
    await world.advance(2_000)
    const failures = world.records.filter(
      (record) =>
        record.kind === 'settled' && record.effect === 'tellCall' && record.status === 'failed',
    )
    expect(failures).toEqual([
      expect.objectContaining({ fault: expect.objectContaining({ code: 'call.ended' }) }),
    ])
    expect(world.bot.busy()).toBe(false)
  })

  test('private values are not told to another call', async () => {
    const scenario = setup.createStateConfig({
      initial: 'waiting',
      on: { 'engine.error': '.refused' },
      states: {
        waiting: { on: { 'call.established': { target: 'keeping', actions: 'keepDigits' } } },
        keeping: {
          after: {
            1000: {
              actions: {
                type: 'tellCall',
                params: ({ context }) => ({
                  key: 'x',
                  event: { type: 'desk.digits', digits: context.private.digits },
                }),
              },
            },
          },
        },
        refused: { entry: 'hangUp' },
      },
    })
    const own = { heard: [], legs: [] }
    const telling = setup.createMachine(
      callChart({ id: 'telling', version: '1', bot: own, scenario }),
    )
    await using world = await emulate(telling)
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(3_000)
    expect(call.state).toBe('terminated')
    expect(JSON.stringify(world.disk.commits)).not.toContain('493817')
  })

  test('an event that is ours is refused when the chart is loaded', async () => {
    const effect = { type: 'tellCall', params: { key: 'x', event: { type: 'call.established' } } }
    await expect(emulate(asking(effect))).rejects.toMatchObject({ code: 'chart.refused' })
  })
})
