import { callChart, callSetup } from 'callchart/machines'

const desk = callSetup.extend({
  guards: { isStaff: ({ context }) => context.source.domain === 'contoso.com' },
})
const scenario = desk.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': [{ guard: 'isStaff', target: 'desk' }, 'greeting'] } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': 'choosing', 'prompt.failed': 'choosing' },
    },
    choosing: {
      entry: 'subscribeToTone',
      after: { 10000: 'goodbye' },
      on: {
        'tone.received': { guard: { type: 'toneIs', params: { tone: 'tone1' } }, target: 'desk' },
      },
    },
    desk: { entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
    goodbye: { entry: 'hangUp' },
  },
})
export const frontDesk = desk.createMachine(callChart({ id: 'front-desk', version: '1', scenario }))
