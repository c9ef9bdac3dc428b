import { callChart, callSetup } from 'callchart/machines'
import { enqueueActions } from 'xstate'

/** Answers with media of its own, and enqueues what nobody can read beforehand. */
const bot = callSetup.extend({ actions: { decide: enqueueActions(() => {}) } })
const scenario = bot.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'calling' } },
    calling: { entry: ['mute', 'decide'] },
  },
})
export default bot.createMachine(
  callChart({
    id: 'media',
    version: '1',
    scenario,
    mediaConfig: { '@odata.type': '#microsoft.graph.appHostedMediaConfig', blob: 'media' },
  }),
)
