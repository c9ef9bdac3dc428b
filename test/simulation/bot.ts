/** The bot that is simulated: it does whatever can be asked of Graph, when told to by a key. */
import { callChart, callSetup } from 'callchart/machines'
import { fromPromise } from 'xstate'

const busy = callSetup.extend({
  actors: { lookUp: fromPromise(async () => ({ name: 'somebody' })) },
})

/** A key and what it makes the bot do. */
function onTone(
  tone: 'tone1' | 'tone2' | 'tone3' | 'tone4' | 'tone5' | 'tone6' | 'tone7',
  target: string,
) {
  return { guard: { type: 'toneIs' as const, params: { tone } }, target }
}

const scenario = busy.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'lookingUp' } },
    lookingUp: { invoke: { src: 'lookUp', onDone: 'greeting', onError: 'greeting' } },
    greeting: {
      entry: ['subscribeToTone', { type: 'playPrompt', params: { prompt: 'welcome.wav' } }],
      on: {
        'prompt.completed': 'listening',
        'prompt.failed': 'listening',
        'prompt.cancelled': 'listening',
      },
      after: { 6000: 'listening' },
    },
    listening: {
      on: {
        'tone.received': [
          onTone('tone1', 'muted'),
          onTone('tone2', 'sharing'),
          onTone('tone3', 'recording'),
          onTone('tone4', 'inviting'),
          onTone('tone5', 'transferring'),
          onTone('tone6', 'answeringMachine'),
          onTone('tone7', 'leaving'),
        ],
      },
      after: { 2400000: 'leaving' },
    },
    muted: {
      entry: 'mute',
      after: { 5000: 'unmuted' },
    },
    unmuted: {
      entry: 'unmute',
      on: { 'unmute.completed': 'listening', 'unmute.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    sharing: {
      entry: { type: 'changeScreenSharingRole', params: { role: 'sharer' } },
      after: { 10000: 'viewing' },
    },
    viewing: {
      entry: { type: 'changeScreenSharingRole', params: { role: 'viewer' } },
      after: { 1000: 'listening' },
    },
    recording: {
      entry: { type: 'updateRecordingStatus', params: { status: 'recording' } },
      after: { 8000: 'recorded' },
    },
    recorded: {
      entry: { type: 'updateRecordingStatus', params: { status: 'notRecording' } },
      after: { 1000: 'listening' },
    },
    inviting: {
      entry: { type: 'invite', params: { participants: 'kim@contoso.com' } },
      on: { 'invite.completed': 'listening', 'invite.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    transferring: {
      entry: { type: 'transfer', params: { to: 'desk@contoso.com' } },
      on: { 'transfer.failed': 'listening' },
      after: { 300000: 'leaving' },
    },
    answeringMachine: {
      entry: { type: 'recordResponse', params: { maxRecordDurationInSeconds: 10 } },
      on: { 'recording.completed': 'listening', 'recording.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    leaving: { entry: 'hangUp' },
  },
})

export const busyBot = busy.createMachine(callChart({ id: 'busy', version: '1', scenario }))
