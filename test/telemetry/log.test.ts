/** Log lines, as a collector reads them. */
import { expect, test } from 'vitest'
import { createLogger, logRecord } from '../../src/telemetry/log.ts'
import type { EngineRecord } from '../../src/telemetry/records.ts'
import { wholeCall } from './watched.ts'

type Line = { readonly level: string; readonly kind: string; readonly [name: string]: unknown }

function linesOf(records: readonly EngineRecord[], level: 'debug' | 'info' | 'warn' = 'debug') {
  const lines: Line[] = []
  const logger = createLogger(level, { write: (text) => void lines.push(JSON.parse(text)) })
  for (const record of records) logRecord(logger, record)
  return lines
}

test('each record is a line of its own, with its kind, its level and the time of the engine', async () => {
  const { rig, call, records } = await wholeCall()
  await using _ = rig
  const lines = linesOf(records)
  expect(lines.map(({ kind, time }) => [kind, time])).toEqual(
    records.map(({ kind, atMs }) => [kind, atMs]),
  )
  expect(lines.find(({ kind }) => kind === 'turned')).toMatchObject({
    name: 'callchart',
    level: 'info',
    key: call.id,
    event: 'call.started',
    sequence: 1,
    states: expect.arrayContaining(['scenario.waiting']),
  })
})

test('a level leaves out what is below it: of a call that goes well, info tells its two ends', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  expect(linesOf(records, 'info').map(({ kind, effect }) => effect ?? kind)).toEqual([
    'turned',
    'invoke',
    'ended',
  ])
})

test('what went wrong is a warning, what needs somebody is an error', () => {
  const about = { atMs: 0, key: 'k' }
  const effect = { ...about, effect: 'answer', command: 'k.1.0' }
  const told: readonly (readonly [EngineRecord, string])[] = [
    [{ ...effect, kind: 'retrying', attempt: 2, waitMs: 500, status: 429 }, 'warn'],
    [{ ...effect, kind: 'settled', status: 'failed', durationMs: 1 }, 'warn'],
    [{ ...effect, kind: 'settled', status: 'done', durationMs: 1 }, 'debug'],
    [{ kind: 'posted', atMs: 0, status: 202, durationMs: 1 }, 'debug'],
    [{ kind: 'posted', atMs: 0, status: 401, durationMs: 1 }, 'warn'],
    [{ ...about, kind: 'quarantined', event: 'call.held', reason: 'it threw' }, 'error'],
    [{ kind: 'commitFailed', atMs: 0, calls: 1, reason: 'full', keys: ['k'] }, 'error'],
  ]
  expect(linesOf(told.map(([record]) => record)).map(({ level }) => level)).toEqual(
    told.map(([, level]) => level),
  )
})

test('no line names anybody, or holds a tone', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  const text = JSON.stringify(linesOf(records))
  expect(/bob|fabrikam|tone7|private|\bann\b/i.exec(text)).toBeNull()
})
