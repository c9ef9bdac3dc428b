/** docs/guides/observing.md tells of every record and every metric, and of no other. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { levels } from '../../src/telemetry/log.ts'
import { root } from '../repository.ts'

const guide = readFileSync(join(root, 'docs/guides/observing.md'), 'utf8')
const told = [...guide.matchAll(/^\| `(\w+)` \| (\w+).*\| ([^|]*) \|$/gm)]

test('every kind of record, at its level', () => {
  const records = told.filter(([, name = '']) => !name.startsWith('callchart_'))
  expect(records.map(([, kind, , level]) => [kind, level?.split(';')[0]])).toEqual(
    expect.arrayContaining(Object.entries(levels)),
  )
  expect(records).toHaveLength(Object.keys(levels).length)
})

test('every metric, by the name that Prometheus reads', () => {
  const source = readFileSync(join(root, 'src/telemetry/metrics.ts'), 'utf8')
  const named = source.matchAll(/(counter|seconds|gauge|createUpDownCounter)\(\s*['`]([a-z_.]+)/g)
  const ends: Readonly<Record<string, string>> = { counter: '_total', seconds: '_seconds' }
  const expected = [...named].map(([, kind = '', name = '']) => {
    const own = name.replace(/^callchart\./, '').replaceAll('.', '_')
    return `callchart_${own}${ends[kind] ?? ''}`
  })
  expect(expected.length).toBeGreaterThan(20)
  const metrics = told.map(([, name = '']) => name).filter((name) => name.startsWith('callchart_'))
  expect(metrics.sort()).toEqual(expected.sort())
})
