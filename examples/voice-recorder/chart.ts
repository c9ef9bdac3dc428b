import { callChart, callSetup } from 'callchart/machines'
import { assign } from 'xstate'

type Message = { readonly outcome: 'none' | 'recorded' }

const recorder = callSetup.extend({
  types: {} as { bot: Message },
  actions: { keep: assign({ bot: { outcome: 'recorded' } }) },
})

const goodbye = { 'prompt.completed': 'leaving', 'prompt.failed': 'leaving' } as const

const scenario = recorder.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'recording' } },
    recording: {
      entry: {
        type: 'recordResponse',
        params: {
          prompt: 'leave-a-message.wav',
          playBeep: true,
          stopTones: ['#'],
          initialSilenceTimeoutInSeconds: 5,
          maxSilenceTimeoutInSeconds: 3,
          maxRecordDurationInSeconds: 60,
        },
      },
      on: {
        'recording.completed': { target: 'thanking', actions: 'keep' },
        'recording.failed': 'regretting',
      },
    },
    thanking: { entry: { type: 'playPrompt', params: { prompt: 'thanks.wav' } }, on: goodbye },
    regretting: {
      entry: { type: 'playPrompt', params: { prompt: 'nothing-heard.wav' } },
      on: goodbye,
    },
    leaving: { entry: 'hangUp' },
  },
})

const bot: Message = { outcome: 'none' }

export const voiceRecorder = recorder.createMachine(
  callChart({ id: 'voice-recorder', version: '1', bot, scenario }),
)
