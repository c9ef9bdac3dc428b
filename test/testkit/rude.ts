/** A bot that is never content: it plays a prompt to whoever has hung up. */
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({
  initial: 'greeting',
  states: {
    greeting: {
      on: {
        'call.established': {
          actions: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
        },
        'call.terminated': 'scolding',
      },
    },
    scolding: {
      entry: { type: 'playPrompt', params: { prompt: 'come-back.wav' } },
      on: { 'prompt.failed': 'over' },
    },
    over: { type: 'final' },
  },
})

export const rude = callSetup.createMachine(callChart({ id: 'rude', version: '1', scenario }))
