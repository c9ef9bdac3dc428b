/** A transcript as a test that an author pastes: it does the same again, by nothing but the testkit's public parts. */

import { codeOf, identifierOf } from '../../code.ts'
import { courtesies } from '../invariants/index.ts'
import type { WorldOptions } from '../worldOptions.ts'
import type { Line } from './transcript.ts'

/** How the test is to be written. */
export type TestNames = {
  /** The test's title. Default: what was broken, or that it happens again. */
  readonly title?: string | undefined
  /** The variable that holds the chart, `frontDesk`. Default: the chart's id as one. */
  readonly chart?: string | undefined
  /** The module that exports it. Default `./chart.ts`. */
  readonly from?: string | undefined
}

export type TestParts = {
  readonly chartId: string
  readonly options: Partial<WorldOptions>
  readonly lines: readonly Line[]
  /** What the lines take from the testkit besides `emulate`. */
  readonly imports: readonly string[]
}

/** The code of a whole test file. */
export function testOf({ chartId, options, lines, imports }: TestParts, names: TestNames): string {
  const { chart = identifierOf(chartId), from = './chart.ts', title = 'it happens again' } = names
  const taken = ['emulate', ...imports.filter(isShipped)].sort().join(', ')
  const own = imports.filter((name) => !isShipped(name)).join(', ')
  const given = optionsCode(options)
  return [
    `import { ${taken} } from 'callchart/testkit'`,
    "import { test } from 'vitest'",
    `import { ${chart} } from ${codeOf(from)}`,
    ...(own === '' ? [] : [`import { ${own} } from './invariants.ts' // or where yours is`]),
    '',
    `test(${codeOf(title)}, async () => {`,
    `  await using world = await emulate(${[chart, ...given].join(', ')})`,
    ...lines.map(({ code }) => code.replace(/^/gm, '  ')),
    '})',
    '',
  ].join('\n')
}

/** An invariant of the author's own stands where they put it. */
function isShipped(name: string): boolean {
  return courtesies.some((each) => each.name === name)
}

/** What a terminal can do of it, beside a running emulator; what it cannot is a comment. */
export function commandsOf(lines: readonly Line[]): string {
  return lines.map(({ code, command }) => command ?? code.replace(/^/gm, '# ')).join('\n')
}

/** Options that are plain; a function of the author's own is named, for them to put it in. */
function optionsCode({
  sabotage: _,
  coverage: __,
  ...options
}: Partial<WorldOptions>): readonly string[] {
  const members = Object.entries(options).filter(([, value]) => value !== undefined)
  const code = members.map(([name, value]) =>
    isPlain(value) ? `${name}: ${codeOf(value)}` : `${name} /* as in your test */`,
  )
  return code.length > 0 ? [`{ ${code.join(', ')} }`] : []
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  return Object.values(value).every(isPlain)
}
