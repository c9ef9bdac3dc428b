import { callChart, callSetup, type Participant, partyOf } from 'callchart/machines'

const standUp = callSetup.extend({})

/** Guests are welcomed in other words than colleagues. */
function welcome(participant: Participant): string {
  return partyOf(participant.info).kind === 'guest' ? 'welcome-guest.wav' : 'welcome.wav'
}

const scenario = standUp.createStateConfig({
  initial: 'meeting',
  states: {
    meeting: standUp.joinAndAnnounce({
      id: 'meeting',
      prompt: 'good-morning.wav',
      newcomer: ({ participant }) => welcome(participant),
      onDone: 'leaving',
      onFailed: 'leaving',
    }),
    leaving: { entry: 'hangUp' },
  },
})

export const standUpBot = standUp.createMachine(
  callChart({ id: 'stand-up', version: '1', scenario }),
)
