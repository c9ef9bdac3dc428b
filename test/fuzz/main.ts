/** `npm run fuzz`: see docs/SECURITY.md. The last line is JSON; exit code 1 when a promise was broken. */
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    sabotage: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (values.sabotage !== undefined && values.sabotage !== 'accept-refused') {
  console.error(`There is no sabotage '${values.sabotage}'; there is accept-refused.`)
  process.exit(2)
}

const PROGRESS_MS = 5_000
const startMs = performance.now()
let toldMs = startMs

const report = await fuzz({
  inputs: Number(values.inputs),
  seed: Number(values.seed),
  path: values.path,
  acceptRefused: values.sabotage !== undefined,
  progress: ({ inputs, violations }) => {
    if (values.json || performance.now() - toldMs < PROGRESS_MS) return
    toldMs = performance.now()
    console.log(`${inputs} inputs, ${violations} violations`)
  },
})
for (const { seed, path, what } of values.json ? [] : report.failures) {
  const sabotage = values.sabotage === undefined ? '' : ` --sabotage ${values.sabotage}`
  console.log(`${what}\n  npm run fuzz -- --seed ${seed} --path ${path}${sabotage}`)
}
const wallSeconds = (performance.now() - startMs) / 1_000
const perSecond = Math.round(report.inputs / wallSeconds)
console.log(JSON.stringify({ ...report, wallSeconds: Math.round(wallSeconds), perSecond }))
process.exitCode = report.violations > 0 ? 1 : 0
