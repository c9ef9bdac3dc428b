import type { BotCharts } from 'callchart'
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: { waiting: { on: { 'call.established': 'leaving' } }, leaving: { entry: 'hangUp' } },
})
const chart = (id: string) => callSetup.createMachine(callChart({ id, version: '1', scenario }))

const app = {
  appId: '5a5a0000-2222-4222-8333-444455556666',
  credential: { secret: 'night-secret' },
  tenantId: '7a8b9c0d-1e2f-4a3b-8c4d-5e6f708192a3',
}

export default {
  charts: [{ chart: chart('night'), app }, { chart: chart('day') }],
} satisfies BotCharts

/** The same, with an app that is incomplete. */
export const wrong = {
  charts: [{ chart: chart('night'), app: { ...app, credential: { secret: '' } } }],
} satisfies BotCharts
