import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { print, printCut, printWrapped, span, wrap } from '../../../src/cli/terminal/line.ts'
import { printRow } from '../../../src/cli/terminal/row.ts'

const width = Object.getOwnPropertyDescriptor(process.stdout, 'columns')
let shown: string[] = []

beforeEach(() => {
  shown = []
  Object.defineProperty(process.stdout, 'columns', { value: 80, configurable: true })
  vi.spyOn(console, 'log').mockImplementation((line: string) => shown.push(line))
})

afterEach(() => {
  vi.restoreAllMocks()
  if (width) Object.defineProperty(process.stdout, 'columns', width)
  else Reflect.deleteProperty(process.stdout, 'columns')
})

const url = `http://127.0.0.1:8080/console#token=${'t'.repeat(80)}`

test('a line is never cut, so that an address in it can be copied', () => {
  print(span('  console  '), span(url))
  expect(shown).toEqual([`  console  ${url}`])
})

test('a row is cut to the terminal', () => {
  printCut(span('left '), span('x'.repeat(100)), span('never'))
  expect(shown).toEqual([`left ${'x'.repeat(74)}…`])
})

test('sentences go on below where they began, with words whole and none lost', () => {
  const text = `Set CALLCHART_APP_SECRET to the value of a client secret, and not to its id, at ${url} please.`
  printWrapped([span('✗ '), span('token          ')], text)
  expect(shown[0]).toMatch(/^✗ token {10}Set /)
  expect(shown.slice(1).every((line) => /^ {17}\S/.test(line))).toBe(true)
  expect(shown.filter((line) => line.length > 80)).toEqual([`${' '.repeat(17)}${url}`])
  expect(shown.join(' ').replace(/ +/g, ' ')).toBe(`✗ token ${text}`)
})

test('lines that are given stay lines, indented as they were', () => {
  expect(wrap('Wrong:\n  one two three\nMend it.', 10)).toEqual([
    ...['Wrong:', '  one two', '  three', 'Mend it.'],
  ])
})

test('a row of what went wrong tells every word, below itself where there is no room', () => {
  const why = '403 7504: The application is not allowed to play prompts; have it granted.'
  const row = { atMs: 0, callId: '5f0c1d2e', what: 'playPrompt failed', outcome: [span(why)] }
  printRow({ ...row, sign: '✗' })
  expect(shown.length).toBeGreaterThan(1)
  expect(
    shown
      .slice(1)
      .map((line) => line.trim())
      .join(' '),
  ).toBe(why)
  shown = []
  printRow({ ...row, sign: '→' })
  expect(shown).toHaveLength(1)
  expect(shown[0]).toMatch(/…$/)
})
