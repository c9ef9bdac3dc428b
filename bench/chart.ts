/** The chart that is measured: the whole call chart, and a scenario that moves with every hold. */
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({
  initial: 'talking',
  states: {
    talking: { on: { 'call.held': 'waiting' } },
    waiting: { on: { 'call.resumed': 'talking' } },
  },
})

/** Answers at once. */
export const answeringChart = callSetup.createMachine(
  callChart({ id: 'bench', version: '1', scenario }),
)

/** Leaves a ringing call to the traffic, which never asks for anything. */
export const benchChart = callSetup.createMachine(
  callChart({ id: 'bench', version: '1', scenario, incoming: 'ask' }),
)
