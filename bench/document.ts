/** `--write`: the table and the curves of docs/PERFORMANCE.md, brought up to date with a run. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawCurve } from './curve.ts'
import { boundOf, figureText, type Report } from './report.ts'
import type { Machine } from './run.ts'

const docs = join(import.meta.dirname, '..', 'docs')
const START = '<!-- figures: written by npm run bench -- --write -->'
const END = '<!-- /figures -->'

/** Writes what the run found; benchmarks that did not run lose their place, so only whole runs may write. */
export function writeDocument(report: Report): void {
  const path = join(docs, 'PERFORMANCE.md')
  writeFileSync(path, withFigures(readFileSync(path, 'utf8'), report))
  mkdirSync(join(docs, 'performance'), { recursive: true })
  for (const curve of report.measured.flatMap(({ curves = [] }) => curves)) {
    writeFileSync(join(docs, 'performance', `${curve.name}.svg`), drawCurve(curve))
  }
}

/** The document with everything between its marks replaced; throws when it has none. */
export function withFigures(text: string, report: Report): string {
  const from = text.indexOf(START)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error('docs/PERFORMANCE.md has lost its marks for figures.')
  return `${text.slice(0, from + START.length)}\n\n${figuresOf(report)}\n${text.slice(to)}`
}

function figuresOf({ machine, short, measured, judged }: Report): string {
  const goals = judged.map((goal) => {
    const { benchmark, figure, found, verdict } = goal
    return row([`${benchmark}: ${figure}`, boundOf(goal), figureText(found), verdict])
  })
  const figures = measured.flatMap(({ name, figures }) =>
    figures.map((figure) => row([name, figure.name, figureText(figure)])),
  )
  const run = short ? 'a short run' : 'a whole run'
  return [
    `Measured in ${run} on ${machineText(machine)}: the median, and between what the samples lay.`,
    '',
    row(['goal', 'bound', 'found', '']),
    row(['---', '---', '---', '---']),
    ...goals,
    '',
    row(['benchmark', 'figure', 'found']),
    row(['---', '---', '---']),
    ...figures,
    '',
  ].join('\n')
}

function machineText({ cpu, cores, memoryGiB, node, platform }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
