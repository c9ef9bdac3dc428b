/** The front desk for callers who take their time: no deadline of its own may end a call while nobody is there. */
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'greeting' } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': 'choosing', 'prompt.failed': 'choosing' },
    },
    choosing: { entry: 'subscribeToTone', on: { 'tone.received': 'desk' } },
    desk: { entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
  },
})

export const patientDesk = callSetup.createMachine(
  callChart({ id: 'patient-desk', version: '1', scenario }),
)
