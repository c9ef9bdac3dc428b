/**
 * `npm run kill -- --rounds N`: SIGKILL under load, round after round; the last line is JSON. With
 * `--recover N`: how soon an engine that had N live calls is there again.
 */
import { parseArgs } from 'node:util'
import { column, print, span } from '../../src/cli/terminal/line.ts'
import { campaign } from './campaign.ts'
import { recovery } from './recovery.ts'
import { isSabotage, sabotageNames } from './sabotage.ts'

/** Violations that are shown. */
const SHOWN = 12

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    sabotage: { type: 'string' },
    recover: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const { sabotage, json } = values
if (sabotage !== undefined && !isSabotage(sabotage)) {
  console.error(`There is no sabotage '${sabotage}'. Choose one of ${sabotageNames.join(', ')}.`)
  process.exit(1)
}
if (values.recover !== undefined) {
  const figures = await recovery(Number(values.recover))
  if (!json)
    print(
      column(`${figures.calls} calls`, 14, 'cyan'),
      span(`ready after ${figures.readyMs} ms (${figures.emptyReadyMs} ms without a call), `),
      span(`all asked about after ${figures.reconciledMs} ms`),
    )
  console.log(JSON.stringify(figures))
  process.exit()
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
for (const { name, callId, what } of violations.slice(0, SHOWN))
  if (json) console.error(`${name} ${callId}: ${what}`)
  else print(column(name, 18, 'red'), span(`${callId.slice(0, 8)}: ${what}`))
console.log(JSON.stringify({ ...counts, violations: violations.length }))
if (violations.length > 0) process.exitCode = 1
