/** An engine with a sabotaged store, in a process of its own: `node engine.ts <sabotage> <prompts>`. */
import { openSqliteStore } from '../../snapshots/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { readConfig } from '../../src/config.ts'
import { patientDesk } from './chart.ts'
import { isSabotage, sabotages } from './sabotage.ts'

/** Shorter than calls may take to end once the killing is over: what is asked for again must show. */
const EVIDENCE_MS = 3_000

const [sabotage = '', promptsFolder] = process.argv.slice(2)
if (!isSabotage(sabotage)) throw new Error(`There is no sabotage '${sabotage}'.`)
const config = readConfig(process.env)
const bot = await createBot({
  chart: patientDesk,
  config,
  promptsFolder,
  evidenceMs: EVIDENCE_MS,
  store: sabotages[sabotage](openSqliteStore(config.databasePath)),
})
console.log(JSON.stringify({ kind: 'listening', url: await bot.listen() }))
