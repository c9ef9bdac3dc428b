/** `npm run kill -- --rounds N`: SIGKILL under load, round after round; the last line is JSON. */
import { parseArgs } from 'node:util'
import { column, print, span } from '../../src/cli/terminal/line.ts'
import { campaign } from './campaign.ts'
import { isSabotage, sabotageNames } from './sabotage.ts'

/** Violations that are shown. */
const SHOWN = 12

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    sabotage: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const { sabotage, json } = values
if (sabotage !== undefined && !isSabotage(sabotage)) {
  console.error(`There is no sabotage '${sabotage}'. Choose one of ${sabotageNames.join(', ')}.`)
  process.exit(1)
}
const { violations, ...counts } = await campaign({
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  sabotage,
  progress: ({ rounds, calls, ended, violations: { length } }) => {
    if (json) return
    print(
      column(`round ${rounds}`, 14, 'cyan'),
      span(`${calls} calls, ${ended} ended well, ${length} violations`),
    )
  },
})
if (!json)
  for (const { name, callId, what } of violations.slice(0, SHOWN))
    print(column(name, 18, 'red'), span(`${callId.slice(0, 8)}: ${what}`))
console.log(JSON.stringify({ ...counts, violations: violations.length }))
if (violations.length > 0) process.exitCode = 1
