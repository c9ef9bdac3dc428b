import { callChart, callSetup } from 'callchart/machines'

const impure = callSetup.extend({ actions: { log: () => console.log('a side effect') } })
const scenario = impure.createStateConfig({
  initial: 'waiting',
  states: { waiting: { entry: 'log' } },
})
export default impure.createMachine(callChart({ id: 'impure', version: '1', scenario }))
