import type { BotCharts } from 'callchart'
import { callChart, callSetup } from 'callchart/machines'

const scenario = callSetup.createStateConfig({ initial: 'waiting', states: { waiting: {} } })
const chart = (id: string) => callSetup.createMachine(callChart({ id, version: '1', scenario }))

export const night = chart('night')
export default {
  charts: [{ chart: chart('day') }, { chart: night }],
  choose: ({ source }) => (source.domain === 'contoso.com' ? 'day' : 'night'),
} satisfies BotCharts
