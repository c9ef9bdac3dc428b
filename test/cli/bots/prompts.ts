import { callChart, callSetup } from 'callchart/machines'

/** Prompts in every form: by name, by URL, several, in Graph's own words, and chosen during the call. */
const bot = callSetup
const scenario = bot.createStateConfig({
  initial: 'first',
  states: {
    first: { entry: { type: 'playPrompt', params: { prompt: ['one.wav', 'two.wav'] } } },
    second: {
      entry: { type: 'recordResponse', params: { prompt: { mediaInfo: { uri: 'three.wav' } } } },
    },
    third: {
      entry: { type: 'playPrompt', params: ({ context }) => ({ prompt: `${context.key}.wav` }) },
    },
  },
})
export default bot.createMachine(callChart({ id: 'prompts', version: '1', scenario }))
