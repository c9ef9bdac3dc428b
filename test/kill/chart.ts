/** The front desk for callers who take their time: its one deadline comes after any test is over. */
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'greeting' } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': 'choosing', 'prompt.failed': 'choosing' },
    },
    choosing: {
      entry: 'subscribeToTone',
      after: { 3600000: 'goodbye' },
      on: { 'tone.received': 'desk' },
    },
    desk: { entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
    goodbye: { entry: 'hangUp' },
  },
})

export const patientDesk = callSetup.createMachine(
  callChart({ id: 'patient-desk', version: '1', scenario }),
)
