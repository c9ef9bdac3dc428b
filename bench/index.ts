/**
 * The benchmarks: `npm run bench`. Each states what it measures; all run on this machine, one after the
 * other, and print medians. `--json` prints one line of JSON at the end, `--short` runs each once.
 */
import { parseArgs } from 'node:util'
import { measureAcknowledgements } from './acknowledgements.ts'
import { measureTurns } from './turns.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, short: { type: 'boolean' } },
})
const runs = values.short ? 1 : 3

console.log('Notifications acknowledged over HTTP, signed tokens, each after its fsynced commit')
const acknowledged = []
for (const connections of [1, 16, 128]) {
  const figures = await measureAcknowledgements(connections, runs)
  acknowledged.push(figures)
  const { perSecond, p50Ms, p99Ms } = figures
  console.log(
    `  ${String(connections).padStart(3)} connections  ${String(perSecond).padStart(6)}/s   p50 ${p50Ms} ms   p99 ${p99Ms} ms`,
  )
}
const turnsPerSecond = await measureTurns(runs)
console.log(`Durable turns in process, without HTTP\n  ${turnsPerSecond}/s`)
if (values.json) console.log(JSON.stringify({ acknowledged, turnsPerSecond }))
