/** Sends the bot into the meeting whose link the command line gives; configured as `callchart serve` is. */
import { join } from 'node:path'
import { createBot, meetingFromJoinUrl } from 'callchart'
import charts from './chart.ts'

const [joinUrl = ''] = process.argv.slice(2)
const meeting = meetingFromJoinUrl(joinUrl)
const bot = await createBot({
  ...charts,
  promptsFolder: join(import.meta.dirname, 'prompts'),
})
await bot.listen()
await bot.call(meeting, { chart: 'incident-bridge' })
