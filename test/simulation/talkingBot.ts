/** Calls that talk to one another as much as they can: each that rings places a leg, and they answer each other. */
import { callChart, callSetup } from 'callchart/machines'
import { assign } from 'xstate'

type Words = { readonly type: 'hub.word' | 'leg.word' | 'leg.echo'; readonly from: string }
type Others = { readonly other: string }

const talking = callSetup.extend({
  types: {} as { bot: Others; events: Words },
  actions: {
    keepPlaced: assign(({ event }) =>
      event.type === 'placeCall.placed' ? { bot: { other: event.key } } : {},
    ),
  },
})

type Speaker = { readonly context: { readonly bot: Others } }

const say = (type: Words['type'], word: string) =>
  ({
    type: 'tellCall',
    params: ({ context }: Speaker) => ({ key: context.bot.other, event: { type, word } }),
  }) as const

const hubScenario = talking.createStateConfig({
  initial: 'waiting',
  on: { 'tone.received': { actions: say('hub.word', 'pressed') } },
  states: {
    waiting: { on: { 'call.established': 'placing' } },
    placing: {
      entry: [
        'subscribeToTone',
        { type: 'placeCall', params: { chart: 'leg', request: { targets: 'ann@contoso.com' } } },
      ],
      on: { 'placeCall.placed': { target: 'talking', actions: 'keepPlaced' } },
    },
    talking: {
      entry: [say('hub.word', 'one'), say('hub.word', 'two'), say('hub.word', 'three')],
      after: { 20000: { target: 'talking', reenter: true } },
      on: { 'call.terminated': { target: 'over', actions: say('hub.word', 'bye') } },
    },
    over: { type: 'final' },
  },
})

const legScenario = talking.createStateConfig({
  initial: 'open',
  on: {
    'hub.word': { actions: [say('leg.echo', 'first'), say('leg.echo', 'second')] },
    'call.terminated': { target: '.over', actions: say('leg.word', 'bye') },
  },
  states: {
    open: { on: { 'call.established': { actions: say('leg.word', 'here') } } },
    over: { type: 'final' },
  },
})

const hub = talking.createMachine(
  callChart({ id: 'hub', version: '1', bot: { other: '' }, scenario: hubScenario }),
)
const leg = talking.createMachine(
  callChart({
    id: 'leg',
    version: '1',
    bot: ({ placedBy }) => ({ other: placedBy ?? '' }),
    scenario: legScenario,
  }),
)

export const talkingBot = { charts: [{ chart: hub }, { chart: leg }] }
