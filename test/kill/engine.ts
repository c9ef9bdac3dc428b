/** An engine with a sabotaged store, in a process of its own: `node engine.ts <sabotage> <prompts>`. */
import { openSqliteStore } from '../../snapshots/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { readConfig } from '../../src/config.ts'
import { patientDesk } from './chart.ts'
import { EVIDENCE_SECONDS } from './engineCommand.ts'
import { isSabotage, sabotages } from './sabotage.ts'

const [sabotage = '', promptsFolder] = process.argv.slice(2)
if (!isSabotage(sabotage)) throw new Error(`There is no sabotage '${sabotage}'.`)
const config = readConfig(process.env)
const bot = await createBot({
  chart: patientDesk,
  config,
  promptsFolder,
  evidenceMs: EVIDENCE_SECONDS * 1_000,
  store: sabotages[sabotage](openSqliteStore(config.databasePath)),
})
console.log(JSON.stringify({ kind: 'listening', url: await bot.listen() }))
