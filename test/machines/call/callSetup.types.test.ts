/**
 * What TypeScript says of a bot's chart. Each `@ts-expect-error` is a claim that `tsc` holds: were the
 * mistake below it to compile, the comment would not. What is built here is also loaded where it is right.
 */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { assign, enqueueActions, fromPromise, raise } from 'xstate'
import { loadChart } from '../../../src/engine/chart.ts'

type Order = { readonly type: 'order.found'; readonly id: string }

const shop = callSetup.extend({
  types: {} as {
    bot: { readonly orders: number }
    private: { readonly digits: string }
    events: Order
  },
  actors: { find: fromPromise(async ({ input }: { input: { id: string } }) => input.id.length) },
  actions: {
    count: assign(({ context }) => ({ bot: { orders: context.bot.orders + 1 } })),
    add: assign(({ context }, { by }: { by: number }) => ({
      bot: { orders: context.bot.orders + by },
    })),
    keep: assign(({ context, event }) =>
      event.type === 'tone.received'
        ? { private: { digits: `${context.private.digits ?? ''}${event.toneInfo.tone}` } }
        : {},
    ),
    leave: enqueueActions(({ enqueue }) => {
      enqueue('cancelMediaProcessing')
      enqueue({ type: 'transfer', params: { to: 'desk@contoso.com' } })
    }),
    tellFound: raise({ type: 'order.found', id: '7' }),
  },
  guards: { isMany: ({ context }, { than }: { than: number }) => context.bot.orders > than },
  delays: { patience: ({ context }) => context.bot.orders * 1_000, shortly: 500 },
})

const scenario = shop.createStateConfig({
  initial: 'asking',
  states: {
    asking: {
      entry: [{ type: 'playPrompt', params: { prompt: 'welcome.wav' } }, 'subscribeToTone'],
      invoke: {
        src: 'find',
        input: ({ context }) => ({ id: context.key }),
        onDone: {
          target: 'done',
          actions: assign(({ context, event }) => ({
            bot: { orders: context.bot.orders + event.output },
          })),
        },
        onError: 'done',
      },
      after: { patience: 'done', shortly: { actions: 'count' }, 10000: 'done' },
      on: {
        'prompt.*': { actions: 'count' },
        'tone.received': { guard: { type: 'toneIs', params: { tone: 'star' } }, actions: 'keep' },
        'order.found': {
          guard: { type: 'isMany', params: { than: 1 } },
          actions: ['tellFound', { type: 'add', params: { by: 2 } }],
        },
        '*': { actions: 'count' },
      },
    },
    done: { entry: ['leave', { type: 'reject', params: { reason: 'busy' } }, 'hangUp'] },
  },
})

test('what a bot brings is typed, compiles, and loads', () => {
  const chart = callChart({ id: 'shop', version: '1', scenario, bot: { orders: 0 } })
  expect(loadChart(shop.createMachine(chart)).id).toBe('shop')
})

test('what an earlier extension brought is there in a later one', () => {
  const twice = shop.extend({
    actions: { greet: enqueueActions(({ enqueue }) => enqueue('mute')) },
    guards: { isFirst: ({ context }) => context.bot.orders === 0 },
    delays: { longer: 5_000 },
  })
  const later = twice.createStateConfig({
    entry: ['greet', 'count', { type: 'add', params: { by: 1 } }],
    after: { longer: { actions: 'count' }, patience: { actions: 'count' } },
    invoke: { src: 'find', input: { id: '1' } },
    on: { 'order.found': { guard: 'isFirst', actions: ({ event }) => event.id } },
  })
  // @ts-expect-error an earlier action's parameter is still checked
  twice.createStateConfig({ entry: { type: 'add', params: { by: '1' } } })
  // @ts-expect-error and a name that neither extension brought is refused
  twice.createStateConfig({ entry: 'greeet' })
  expect(later.after).toBeDefined()
})

test('a bot may bring whole regions', () => {
  const hours = shop.createStateConfig({ initial: 'open', states: { open: {}, closed: {} } })
  const chart = callChart({
    id: 'shop',
    version: '1',
    scenario,
    bot: { orders: 0 },
    regions: { hours },
  })
  expect(loadChart(shop.createMachine(chart)).machine.root.states).toHaveProperty('hours')
})

test('misspelt effects do not compile', () => {
  // @ts-expect-error
  shop.createStateConfig({ entry: 'hangUpp' })
  // @ts-expect-error
  shop.createStateConfig({ initial: 'a', states: { a: { exit: ['mute', 'unmut'] } } })
  // @ts-expect-error
  shop.createStateConfig({ on: { 'call.established': { actions: 'playPromt' } } })
})

test('effects with missing, misspelt or wrong parameters do not compile', () => {
  // @ts-expect-error missing
  shop.createStateConfig({ entry: 'playPrompt' })
  // @ts-expect-error missing
  shop.createStateConfig({ entry: { type: 'transfer' } })
  // @ts-expect-error misspelt
  shop.createStateConfig({ entry: { type: 'transfer', params: { too: 'desk@contoso.com' } } })
  // @ts-expect-error misspelt, of an effect that needs none
  shop.createStateConfig({ entry: { type: 'reject', params: { reson: 'busy' } } })
  // @ts-expect-error wrong type
  shop.createStateConfig({ entry: { type: 'playPrompt', params: { prompt: 7 } } })
  // @ts-expect-error wrong value
  shop.createStateConfig({ entry: { type: 'changeScreenSharingRole', params: { role: 'star' } } })
  // @ts-expect-error computed, of a wrong type
  shop.createStateConfig({ entry: { type: 'playPrompt', params: () => ({ prompt: 7 }) } })
})

test('events nobody sends do not compile', () => {
  // @ts-expect-error
  shop.createStateConfig({ on: { 'prompt.complete': {} } })
  // @ts-expect-error nested
  shop.createStateConfig({ states: { a: { states: { b: { on: { 'order.fond': {} } } } } } })
  // @ts-expect-error a family of which there is none
  shop.createStateConfig({ on: { 'promt.*': {} } })
  // @ts-expect-error the bot's own event, in a setup that does not bring it
  callSetup.createStateConfig({ on: { 'order.found': {} } })
  // @ts-expect-error what the event does not carry
  shop.createStateConfig({ on: { 'order.found': { actions: ({ event }) => event.toneInfo } } })
})

test('misspelt guards and wrong parameters of guards do not compile', () => {
  // @ts-expect-error
  shop.createStateConfig({ on: { 'call.established': { guard: 'isManny' } } })
  // @ts-expect-error missing
  shop.createStateConfig({ on: { 'call.established': { guard: 'isMany' } } })
  // @ts-expect-error no such tone
  shop.createStateConfig({ on: { '*': { guard: { type: 'toneIs', params: { tone: 'tone11' } } } } })
})

test('misspelt delays do not compile', () => {
  // @ts-expect-error
  shop.createStateConfig({ after: { patienc: {} } })
  // @ts-expect-error nested
  shop.createStateConfig({ states: { a: { after: { patienc: {} } } } })
})

test('misspelt parts of a state do not compile', () => {
  // @ts-expect-error
  shop.createStateConfig({ entri: 'hangUp' })
  // @ts-expect-error
  shop.createStateConfig({ on: { 'call.established': { taget: 'x' } } })
})

test('promise logic is invoked by its name, with its input; its result is typed', () => {
  // @ts-expect-error
  shop.createStateConfig({ invoke: { src: 'fnd', input: { id: '1' } } })
  // @ts-expect-error missing
  shop.createStateConfig({ invoke: { src: 'find' } })
  // @ts-expect-error wrong
  shop.createStateConfig({ invoke: { src: 'find', input: { id: 1 } } })
  const input = { id: '1' }
  shop.createStateConfig({
    // @ts-expect-error the output is a number
    invoke: { src: 'find', input, onDone: { actions: ({ event }) => event.output.length } },
  })
  shop.createStateConfig({
    // @ts-expect-error an error is unknown until it is looked at
    invoke: { src: 'find', input, onError: { actions: ({ event }) => event.error.message } },
  })
})

test('the author’s context is what the setup says', () => {
  // @ts-expect-error wrong type
  shop.createMachine(callChart({ id: 's', version: '1', scenario, bot: { orders: 'many' } }))
  // @ts-expect-error left out
  shop.createMachine(callChart({ id: 's', version: '1', scenario }))
  // @ts-expect-error no such member
  shop.createStateConfig({ on: { '*': { guard: ({ context }) => context.bot.order > 1 } } })
  callSetup.extend({
    types: {} as { bot: { readonly orders: number } },
    // @ts-expect-error an action that makes something else of it
    actions: { count: assign(() => ({ bot: { orders: 'many' } })) },
  })
})

test('an action that asks for an effect nobody knows does not compile', () => {
  callSetup.extend({
    // @ts-expect-error
    actions: { leave: enqueueActions(({ enqueue }) => enqueue('hangUpp')) },
  })
})

test('options of a chart are known by name', () => {
  // @ts-expect-error
  expect(() => callChart({ id: 's', version: '1', scenario, incomming: 'ask' })).toThrow(
    "Chart 's' has no option 'incomming'. Correct the name.",
  )
  // @ts-expect-error
  expect(() => callChart({ id: 's', version: '1' })).toThrow("Chart 's' brings no scenario.")
  // @ts-expect-error
  callChart({ id: 's', version: '1', scenario, incoming: 'never' })
})
