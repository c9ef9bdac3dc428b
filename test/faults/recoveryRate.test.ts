/** Thousands of calls that come back at once ask Graph how they stand at a pace that Graph does not mind. */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { Crowd } from './crowd.ts'

const CALLS = 5_000

/** Graph's documented limit, 50,000 requests in 15 s, counted by the tenth of a second: no burst passes. */
const documented = { throttlingRequestsMax: 333, throttlingWindowMs: 100 }

/** Long enough that every heartbeat is overdue, short enough that Graph has ended no call. */
const DOWN_MS = 20 * 60_000

/** What each call asks then: for the restart where it stands, for the beat that again, and to go on. */
const QUESTIONS = 3

/** The default, and the tenth of it that may be left over from before. */
const MOST_PER_SECOND = 550

const RECONCILED_MS = ((CALLS * QUESTIONS) / 500) * 1_000 + 1_000

const scenario = callSetup.createStateConfig({ initial: 'waiting', states: { waiting: {} } })
const chart = callSetup.createMachine(callChart({ id: 'patient', version: '1', scenario }))

test('5,000 recovering calls are never throttled, are all asked about in 31 s, and keep no new caller waiting', async () => {
  await using crowd = new Crowd(chart, documented)
  const { clock, emulator } = crowd
  await crowd.start()
  await crowd.ring(CALLS)
  await crowd.crash()
  await crowd.advance(DOWN_MS)
  const before = emulator.record.length
  const restartMs = clock.now()
  await crowd.start()

  const late = emulator.ring({ from: 'late@fabrikam.com' })
  await crowd.settle()
  expect(late.state).toBe('established')
  expect(clock.now(), 'not even a moment has passed').toBe(restartMs)

  await crowd.advance(RECONCILED_MS)
  const asked = emulator.record.slice(before).filter((entry) => entry.kind === 'request')
  expect(asked.filter(({ status }) => status === 429)).toEqual([])
  for (const method of ['getCall', 'keepAlive'])
    expect(callsOf(asked, method), `asked ${method}`).toHaveLength(CALLS)
  expect(mostInASecond(asked.map(({ atMs }) => atMs))).toBeLessThanOrEqual(MOST_PER_SECOND)
  expect(emulator.calls.filter(({ state }) => state === 'established')).toHaveLength(CALLS + 1)
})

type Asked = { readonly method: string; readonly callId?: string | undefined }

/** The calls that were asked about in one way, each once. */
function callsOf(asked: readonly Asked[], method: string): readonly unknown[] {
  const calls = asked.filter((each) => each.method === method).map(({ callId }) => callId)
  return [...new Set(calls)]
}

/** The most of these moments that lie within one second. */
function mostInASecond(sortedMs: readonly number[]): number {
  let first = 0
  const counts = sortedMs.map((atMs, index) => {
    while ((sortedMs[first] ?? atMs) <= atMs - 1_000) first += 1
    return index - first + 1
  })
  return Math.max(...counts)
}
