/** Joins the meeting whose link the command line gives; configured as `callchart serve` is. */
import { join } from 'node:path'
import { createBot, meetingFromJoinUrl } from 'callchart'
import { standUpBot } from './chart.ts'

const [joinUrl = ''] = process.argv.slice(2)
const meeting = meetingFromJoinUrl(joinUrl)
const bot = await createBot({
  chart: standUpBot,
  promptsFolder: join(import.meta.dirname, 'prompts'),
})
await bot.listen()
await bot.call(meeting)
