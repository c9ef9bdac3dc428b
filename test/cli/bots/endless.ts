/** A bot whose calls never end: it waits by turns, and does not listen to the end. */
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({
  initial: 'one',
  on: { 'call.terminated': {} },
  states: { one: { after: { 60000: 'two' } }, two: { after: { 60000: 'one' } } },
})

export const endless = callSetup.createMachine(callChart({ id: 'endless', version: '1', scenario }))
