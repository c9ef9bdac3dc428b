/**
 * The conformance command: `npm run conformance -- --examples FILE [--json]`. Prints one line an entry
 * (id, verdict, reason); with `--json` the last line is `{"entries":n,"passed":n,"failed":["id",…]}`.
 * Exits 1 when an entry fails, 2 when the file cannot be read. Default: the project's own fixtures.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Entry, readEntries, type Verdict } from './entry.ts'
import { judge } from './judge.ts'

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: fileURLToPath(import.meta.resolve('./fixtures.json')) },
    json: { type: 'boolean', default: false },
  },
})

const entries = await readEntries(values.examples).catch((error: unknown) => {
  console.error(`${values.examples} is no file of examples: ${String(error)}`)
  process.exit(2)
})

const failed: string[] = []
const width = Math.max(0, ...entries.map(({ id }) => id.length))
for (const entry of entries) {
  const { passed, reason } = await verdictOn(entry)
  if (!passed) failed.push(entry.id)
  console.log(`${entry.id.padEnd(width)}  ${passed ? 'passed' : 'FAILED'}  ${reason}`)
}
const passed = entries.length - failed.length
console.log(`\n${passed} of ${entries.length} entries passed.`)
if (values.json) console.log(JSON.stringify({ entries: entries.length, passed, failed }))
process.exitCode = failed.length > 0 ? 1 : 0

/** One entry nobody foresaw must not cost the others. */
function verdictOn(entry: Entry): Promise<Verdict> {
  return judge(entry, entries).catch((error: unknown) => ({
    passed: false,
    reason: `the judge threw: ${String(error)}`,
  }))
}
