/**
 * `npm run bench`: how fast Callchart is, on this machine, against what else one could build or take.
 *
 * Read: harness (what a benchmark is), cases/ (each of them), contestants/ (who is measured), load/ (the
 * other side of the wire), goals, report, document (docs/PERFORMANCE.md).
 *
 * Not here: what the figures mean, which docs/PERFORMANCE.md tells.
 */
import { parseArgs } from 'node:util'
import { benchmarks } from './cases/index.ts'
import { writeDocument } from './document.ts'
import { isReached, judge } from './goals.ts'
import { goalsText, jsonOf, type Report, textOf } from './report.ts'
import { runAll, thisMachine } from './run.ts'

const HELP = `npm run bench -- [options]

  --only NAME   run this benchmark; may be given again
  --short       about a minute for all of them: fewer rounds, smaller sizes
  --check       judge the goals, and exit with 1 when a figure is under one
  --json        print JSON and nothing else
  --write       bring the table and the curves of docs/PERFORMANCE.md up to date
  --help        print this

Benchmarks:
${benchmarks.map(({ name, measures }) => `  ${name}\n      ${measures}`).join('\n')}
`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    short: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(HELP)
else await main()

async function main(): Promise<void> {
  const { only, short } = values
  const unknown = only.filter((name) => !benchmarks.some((each) => each.name === name))
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(', ')}.\n\n${HELP}`)
    process.exitCode = 2
    return
  }
  if (values.write && only.length > 0) {
    console.error('The document tells of every benchmark: --write goes without --only.')
    process.exitCode = 2
    return
  }
  const chosen = benchmarks.filter(({ name }) => only.length === 0 || only.includes(name))
  const measured = await runAll(chosen, { short, progress: tell })
  const report: Report = { machine: thisMachine(), short, measured, judged: judge(measured) }
  if (values.json) console.log(jsonOf(report))
  else console.log(measured.map(textOf).join('\n'))
  if (values.write) writeDocument(report)
  if (values.check) check(report)
}

function check({ judged }: Report): void {
  if (!values.json) console.log(goalsText(judged))
  if (!isReached(judged)) process.exitCode = 1
}

/** To stderr, so that stdout holds results and nothing else. */
function tell(what: string): void {
  console.error(`  … ${what}`)
}
