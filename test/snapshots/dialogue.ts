/** A chart of nothing but dialogue shapes, to draw each as authors see it. */
import { callChart, callSetup, type Recording } from '../../machines/index.ts'

const desk = callSetup.extend({
  types: {} as {
    private: { pin: string; message: Recording }
    events: { readonly type: 'agent.freed' }
  },
})

const ends = { onDone: 'next', onFailed: 'otherwise' } as const

export const shapes = {
  gatherDigits: desk.gatherDigits({
    ...{ id: 'pin', prompt: 'pin.wav', retryPrompt: 'sorry.wav', length: 4 },
    ...ends,
  }),
  confirm: desk.confirm({
    ...{ id: 'sure', prompt: 'sure.wav', retryPrompt: 'sorry.wav', onRefused: 'otherwise' },
    ...ends,
  }),
  menu: desk.menu({
    ...{ id: 'main', prompt: 'menu.wav', retryPrompt: 'sorry.wav', onFailed: 'otherwise' },
    choices: { 1: 'next', 2: 'otherwise' },
  }),
  playSequence: desk.playSequence({
    ...{ id: 'hours', prompts: ['open.wav', 'closed.wav'], skipKey: '#' },
    ...ends,
  }),
  recordMessage: desk.recordMessage({ id: 'message', prompt: 'speak.wav', ...ends }),
  ringAny: desk.ringAny({
    ...{ id: 'agents', targets: ['ann@contoso.com', 'ben@contoso.com'], prompt: 'a-moment.wav' },
    ...ends,
  }),
  warmTransfer: desk.warmTransfer({
    ...{ id: 'ann', to: 'ann@contoso.com', prompt: 'a-moment.wav', whisper: 'a-caller.wav' },
    ...ends,
  }),
  waitInQueue: desk.waitInQueue({
    ...{ id: 'queue', music: 'music.wav', until: 'agent.freed', choices: { 1: 'otherwise' } },
    announcement: { prompt: 'hold-the-line.wav', everyMs: 30_000 },
    ...ends,
  }),
  joinAndAnnounce: desk.joinAndAnnounce({
    ...{ id: 'meeting', prompt: 'hello.wav', newcomer: () => 'somebody-joins.wav' },
    ...ends,
  }),
} as const

export const dialogueChart = desk.createMachine(
  callChart({
    id: 'dialogue',
    version: '1',
    scenario: desk.createStateConfig({
      initial: 'next',
      states: { next: {}, otherwise: {}, ...shapes },
    }),
  }),
)
