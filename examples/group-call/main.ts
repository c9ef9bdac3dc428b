/** Calls the people named on the command line together; configured as `callchart serve` is. */
import { join } from 'node:path'
import { createBot } from 'callchart'
import { groupCall } from './chart.ts'

const bot = await createBot({
  chart: groupCall,
  promptsFolder: join(import.meta.dirname, 'prompts'),
})
await bot.listen()
await bot.call({ targets: process.argv.slice(2) })
