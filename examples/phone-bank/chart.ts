import { callChart, callSetup } from 'callchart/machines'
import { assign, fromPromise } from 'xstate'

type Pin = { readonly pin: string }

/** Stands for the bank's own service. Here a PIN that ends in 0 is wrong. */
const blockCard = fromPromise(async ({ input }: { input: Partial<Pin> }) => {
  if (input.pin === undefined || input.pin.endsWith('0')) throw new Error('This is not the PIN.')
})

const bank = callSetup.extend({
  types: {} as { bot: { readonly wrongPins: number }; private: Pin },
  actors: { blockCard },
  actions: {
    countWrongPin: assign(({ context: { bot } }) => ({ bot: { wrongPins: bot.wrongPins + 1 } })),
  },
  guards: { mayTryAgain: ({ context: { bot } }) => bot.wrongPins < 2 },
})

const scenario = bank.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'main' } },
    main: bank.menu({
      id: 'main',
      prompt: 'main.wav',
      retryPrompt: 'sorry.wav',
      choices: { 1: 'card', 2: 'hours', 0: 'desk' },
      onFailed: 'desk',
    }),
    hours: bank.playSequence({
      id: 'hours',
      prompts: ['weekdays.wav', 'saturdays.wav'],
      skipKey: '#',
      onDone: 'main',
      onFailed: 'main',
    }),
    /** The PIN is in memory only: after a restart it is asked for again, and forgotten in the end. */
    card: {
      initial: 'pin',
      on: { 'engine.resumed': '.pin' },
      exit: { type: 'digits.forget', params: { id: 'pin' } },
      states: {
        pin: bank.gatherDigits({
          id: 'pin',
          prompt: 'pin.wav',
          retryPrompt: 'sorry.wav',
          length: 4,
          onDone: 'sure',
          onFailed: '#desk',
        }),
        sure: bank.confirm({
          id: 'sure',
          prompt: 'sure.wav',
          onDone: 'blocking',
          onRefused: '#main',
          onFailed: '#main',
        }),
        blocking: {
          invoke: {
            src: 'blockCard',
            input: ({ context }) => context.private,
            onDone: '#blocked',
            onError: [
              { guard: 'mayTryAgain', target: 'pin', actions: 'countWrongPin' },
              { target: '#desk' },
            ],
          },
        },
      },
    },
    blocked: bank.playSequence({
      id: 'blocked',
      prompts: ['blocked.wav'],
      onDone: 'leaving',
      onFailed: 'leaving',
    }),
    desk: { id: 'desk', entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
    leaving: { entry: 'hangUp' },
  },
})

export const phoneBank = bank.createMachine(
  callChart({ id: 'phone-bank', version: '1', bot: { wrongPins: 0 }, scenario }),
)
