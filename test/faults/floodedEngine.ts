/** An engine to flood, in a process of its own: `floodedEngine.ts <intake limit>`, told of itself when asked. */
import { callChart, callSetup } from 'callchart/machines'
import { createBot } from '../../src/bot/index.ts'

/** What it says: where it listens, and the most memory that it has had. */
export type Said = { readonly url: string } | { readonly peakBytes: number }

const scenario = callSetup.createStateConfig({ initial: 'talking', states: { talking: {} } })
const chart = callSetup.createMachine(
  callChart({ id: 'flooded', version: '1', scenario, incoming: 'ask' }),
)
const bot = await createBot({ chart, intakeLimit: Number(process.argv[2]) })
say({ url: await bot.listen() })
process.on('message', () => say({ peakBytes: process.resourceUsage().maxRSS * 1_024 }))

function say(said: Said): void {
  process.send?.(said)
}
