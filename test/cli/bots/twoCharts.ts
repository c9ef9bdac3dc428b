import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({ initial: 'waiting', states: { waiting: {} } })
export const day = callSetup.createMachine(callChart({ id: 'day', version: '1', scenario }))
export const night = callSetup.createMachine(callChart({ id: 'night', version: '1', scenario }))
