/** Reminds one person, named on the command line; configured by the environment as `callchart serve` is. */
import { join } from 'node:path'
import { createBot } from 'callchart'
import { reminder } from './chart.ts'

const [who = 'bob@fabrikam.com'] = process.argv.slice(2)
const bot = await createBot({
  chart: reminder,
  promptsFolder: join(import.meta.dirname, 'prompts'),
})
await bot.listen()
await bot.call({ targets: who })
