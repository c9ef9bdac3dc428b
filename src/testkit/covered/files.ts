/** Coverage across processes: each writes a file of its own, and somebody reads them all. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CallchartError } from '../../errors.ts'
import type { Seen } from './seen.ts'

const counts = z.record(z.string(), z.number())
const seen = z.object({
  chart: z.string(),
  version: z.string(),
  calls: z.number(),
  states: counts,
  transitions: counts,
})

/** Writes what was seen, over the file written before; gives its path. */
export function writeSeen(folder: string, what: Seen, before: string | undefined): string {
  mkdirSync(folder, { recursive: true })
  const file = before ?? join(folder, `${what.chart.replace(/\W+/g, '-')}.${randomUUID()}.json`)
  writeFileSync(file, `${JSON.stringify(what, undefined, 2)}\n`)
  return file
}

/** Everything the folder's files tell; throws `coverage.missing` or `coverage.unreadable`. */
export function readSeen(folder: string): readonly Seen[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CallchartError({
      code: 'coverage.missing',
      what: `There is no folder ${folder} with what tests have seen.`,
      fix: `Run them with coverage(chart, { folder: '${folder}' }) first.`,
    })
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => read(join(folder, name)))
}

function read(file: string): Seen {
  try {
    return seen.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new CallchartError({
      code: 'coverage.unreadable',
      what: `${file} is not what a test has seen of a chart.`,
      fix: 'Remove it, and run the tests again.',
      cause,
    })
  }
}
