import { callChart, callSetup } from 'callchart/machines'
import { assign, fromPromise } from 'xstate'

type Reminder = {
  readonly outcome: 'notReached' | 'reached' | 'confirmed'
  readonly timesPlayed: number
}

const reminding = callSetup.extend({
  types: {} as { bot: Reminder },
  actors: {
    /** Where the outcome goes: your calendar, your database. It may run twice, so it must bear that. */
    report: fromPromise<void, Reminder>(async ({ input }) => {
      console.log(`Reminder: ${input.outcome}.`)
    }),
  },
  actions: {
    reach: assign(({ context: { bot } }) => ({ bot: { ...bot, outcome: 'reached' } })),
    confirm: assign(({ context: { bot } }) => ({ bot: { ...bot, outcome: 'confirmed' } })),
    countPlay: assign(({ context: { bot } }) => ({
      bot: { ...bot, timesPlayed: bot.timesPlayed + 1 },
    })),
  },
  guards: { mayRepeat: ({ context }) => context.bot.timesPlayed < 2 },
})

const scenario = reminding.createStateConfig({
  initial: 'calling',
  on: { 'call.terminated': '.reporting' },
  states: {
    calling: {
      on: { 'call.established': { target: 'reminding', actions: ['reach', 'subscribeToTone'] } },
    },
    reminding: {
      initial: 'playing',
      on: {
        'tone.received': {
          guard: { type: 'toneIs', params: { tone: 'tone1' } },
          target: 'silencing',
        },
      },
      states: {
        playing: {
          entry: ['countPlay', { type: 'playPrompt', params: { prompt: 'reminder.wav' } }],
          on: { 'prompt.completed': 'listening', 'prompt.failed': 'listening' },
        },
        listening: {
          after: { 8000: [{ guard: 'mayRepeat', target: 'playing' }, { target: '#leaving' }] },
        },
      },
    },
    /** Whoever presses 1 in the middle of the prompt has heard enough of it. */
    silencing: {
      entry: ['confirm', 'cancelMediaProcessing'],
      on: {
        'cancelMediaProcessing.completed': 'thanking',
        'cancelMediaProcessing.failed': 'thanking',
      },
    },
    thanking: {
      entry: { type: 'playPrompt', params: { prompt: 'thanks.wav' } },
      on: {
        'prompt.completed': { guard: 'isLastOfItsKind', target: 'leaving' },
        'prompt.failed': { guard: 'isLastOfItsKind', target: 'leaving' },
      },
    },
    leaving: { id: 'leaving', entry: 'hangUp' },
    reporting: {
      invoke: {
        src: 'report',
        input: ({ context }) => context.bot,
        onDone: 'ended',
        onError: 'ended',
      },
    },
    ended: { type: 'final' },
  },
})

const bot: Reminder = { outcome: 'notReached', timesPlayed: 0 }

export const reminder = reminding.createMachine(
  callChart({ id: 'reminder', version: '1', bot, scenario }),
)
