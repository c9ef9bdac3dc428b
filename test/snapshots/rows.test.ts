import { expect, test } from 'vitest'
import { type KnownCall, KnownRows } from '../../snapshots/rows.ts'

const row: KnownCall = { id: 1, graphId: null, status: 'live', chartId: 'desk', sequence: 1 }

test('what is used stays remembered, however many calls come and go; the rest is forgotten', () => {
  const { calls } = new KnownRows()
  calls.set('used', row)
  calls.set('unused', row)
  for (let index = 0; index < 50_000; index++) {
    calls.set(`k${index}`, { ...row, id: index })
    expect(calls.get('used')).toBe(row)
  }
  expect(calls.get('unused')).toBeUndefined()
  expect(calls.get('k49999')?.id).toBe(49_999)
  const remembered = Array.from({ length: 50_000 }, (_, index) => calls.get(`k${index}`))
  expect(remembered.filter(Boolean).length).toBeLessThanOrEqual(20_000)
})
