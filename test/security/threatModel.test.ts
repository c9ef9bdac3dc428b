/** docs/SECURITY.md is true: every threat it tells of names a test that is there. */
import { expect, test } from 'vitest'
import { readFiles } from '../repository.ts'

const files = new Map(readFiles().map(({ path, text }) => [path, text]))
const rows = (files.get('docs/SECURITY.md') ?? '')
  .split('\n')
  .filter((line) => /^\| .* \| .* \| .*\.test\.ts/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('the threat model has a line for every threat of the issue', () => {
  expect(rows.length).toBeGreaterThan(20)
})

test.each(rows)('%s%s: %s', (_, _threat, _answer, proof = '') => {
  const [, path = '', title = ''] = /^`(\S+)`: (.+)$/.exec(proof) ?? []
  expect(files.get(path)).toContain(title)
})
