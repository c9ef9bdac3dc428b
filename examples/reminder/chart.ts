import { callChart, callSetup, renamed, type Upgrade } from 'callchart/machines'
import { assign, fromPromise } from 'xstate'

type Reminder = { readonly outcome: 'notReached' | 'reached' | 'confirmed' }

const reminding = callSetup.extend({
  types: {} as { bot: Reminder },
  actors: {
    /** Where the outcome goes: your calendar, your database. It may run twice, so it must bear that. */
    report: fromPromise<void, Reminder>(async ({ input }) => {
      console.log(`Reminder: ${input.outcome}.`)
    }),
  },
  actions: {
    reach: assign({ bot: { outcome: 'reached' } }),
    confirm: assign({ bot: { outcome: 'confirmed' } }),
  },
})

const scenario = reminding.createStateConfig({
  initial: 'calling',
  on: { 'call.terminated': '.reporting' },
  states: {
    calling: { on: { 'call.established': { target: 'reminding', actions: 'reach' } } },
    reminding: reminding.menu({
      id: 'reminding',
      prompt: 'reminder.wav',
      choices: { 1: 'confirmed' },
      retries: 1,
      keyMs: 8_000,
      onFailed: 'leaving',
    }),
    confirmed: { entry: 'confirm', always: 'thanking' },
    thanking: reminding.playSequence({
      id: 'thanking',
      prompts: ['thanks.wav'],
      onDone: 'leaving',
      onFailed: 'leaving',
    }),
    leaving: { entry: 'hangUp' },
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

/** Version 1 did in states of its own what two dialogue shapes do now. */
const renames = [
  ['scenario.thanking', 'scenario.thanking.playing.unheard'],
  ['scenario.silencing', 'scenario.thanking.playing.unheard'],
  ['scenario.reminding.playing', 'scenario.reminding.asking'],
  ['scenario.reminding.listening', 'scenario.reminding.waiting'],
] as const

const fromFirst: Upgrade = (call) =>
  renames.reduce((moved, [from, to]) => renamed(moved, from, to), call)

const bot: Reminder = { outcome: 'notReached' }

export const reminder = reminding.createMachine(
  callChart({ id: 'reminder', version: '2', upgrade: { '1': fromFirst }, bot, scenario }),
)
