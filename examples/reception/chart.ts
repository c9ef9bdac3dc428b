import { callChart, callSetup } from 'callchart/machines'

const reception = callSetup.extend({})

/** A colleague who is fetched into the call and told that somebody is on the line; or else the menu again. */
function colleague(id: string, to: string) {
  return reception.warmTransfer({
    id,
    to,
    prompt: 'one-moment.wav',
    whisper: 'a-caller-for-you.wav',
    ringMs: 30_000,
    onDone: 'leaving',
    onFailed: 'absent',
  })
}

const scenario = reception.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'main' } },
    main: reception.menu({
      id: 'main',
      prompt: 'who.wav',
      choices: { 1: 'ann', 2: 'ben' },
      onFailed: 'leaving',
    }),
    ann: colleague('ann', 'ann@contoso.com'),
    ben: colleague('ben', 'ben@contoso.com'),
    absent: reception.playSequence({
      id: 'absent',
      prompts: ['not-available.wav'],
      onDone: 'main',
      onFailed: 'main',
    }),
    leaving: { entry: 'hangUp' },
  },
})

export const receptionist = reception.createMachine(
  callChart({ id: 'reception', version: '1', scenario }),
)
