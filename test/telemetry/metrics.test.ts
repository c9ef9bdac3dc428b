/** The Prometheus page, read as a scraper reads it. */
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { Rig } from '../engine/rig.ts'
import { chart, wholeCall } from './watched.ts'

const metrics = { host: '127.0.0.1', port: 0 }

/** The page's samples by name and labels. */
async function scrape(rig: Rig): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(rig.bot.metricsUrl ?? '')
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const lines = (await answer.text()).split('\n').filter((line) => line && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}

test('a whole call is counted: posts, turns, commits, requests, effects, timers', async () => {
  const { rig, records } = await wholeCall({ metrics })
  await using _ = rig
  const of = await scrape(rig)
  const count = (kind: string) => records.filter((record) => record.kind === kind).length
  expect(of.get('callchart_calls_started_total{chart="watched"}')).toBe(1)
  expect(of.get('callchart_calls_ended_total')).toBe(1)
  expect(of.get('callchart_turn_duration_seconds_count{chart="watched"}')).toBe(count('turned'))
  expect(of.get('callchart_acknowledgement_duration_seconds_count{status="202"}')).toBe(
    count('posted'),
  )
  expect(of.get('callchart_notifications_total{verdict="accepted"}')).toBe(count('taken'))
  expect(of.get('callchart_commit_duration_seconds_count')).toBe(count('committed'))
  expect(of.get('callchart_timer_lateness_seconds_count')).toBe(count('timerFired'))
  expect(
    of.get(
      'callchart_request_duration_seconds_count{effect="playPrompt",outcome="answered",status="200"}',
    ),
  ).toBe(1)
  expect(of.get('callchart_effect_duration_seconds_count{effect="invoke",status="failed"}')).toBe(1)
  expect(of.get('callchart_requests_active')).toBe(0)
  expect(of.get('callchart_calls_live')).toBe(0)
})

test('what waits is measured: the outbox by status, and how long the oldest has been owed', async () => {
  await using rig = await Rig.open(chart, { metrics })
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'subscribeToTone'
        ? { kind: 'refuse', status: 429, retryAfterSeconds: 60, moment: 'before' }
        : undefined,
  })
  await rig.ring()
  await rig.advance(7_000)
  const of = await scrape(rig)
  expect(of.get('callchart_calls_live')).toBe(1)
  expect(of.get('callchart_calls_loaded')).toBe(1)
  expect(of.get('callchart_mailbox_depth')).toBe(0)
  expect(of.get('callchart_outbox_depth{status="owed"}')).toBe(1)
  expect(of.get('callchart_outbox_depth{status="running"}')).toBe(0)
  expect(of.get('callchart_outbox_age_seconds')).toBe(7)
  expect(of.get('callchart_request_retries_total{effect="subscribeToTone",status="429"}')).toBe(1)
})

test('an operation that Graph works on is told apart from what is owed', async () => {
  await using rig = await Rig.open(chart, { metrics })
  const call = await rig.ring()
  await call.press('1')
  await rig.settle()
  const of = await scrape(rig)
  expect(of.get('callchart_outbox_depth{status="running"}')).toBe(1)
  expect(of.get('callchart_outbox_depth{status="owed"}')).toBe(0)
  expect(of.get('callchart_outbox_age_seconds')).toBe(0)
})

test('the page names no call and nobody', async () => {
  const { rig, call } = await wholeCall({ metrics })
  await using _ = rig
  const text = [...(await scrape(rig)).keys()].join('\n')
  expect(text).not.toContain(call.id)
  expect(text).not.toMatch(/bob|fabrikam|tone7/i)
})

test('nothing is served unless a port is configured, and then to this machine alone', async () => {
  await using rig = await Rig.open(chart)
  expect(rig.bot.metricsUrl).toBeUndefined()
  const least = {
    CALLCHART_PUBLIC_URL: 'https://bot.contoso.com',
    CALLCHART_APP_ID: '5a5a0000-1111-4222-8333-444455556666',
    CALLCHART_APP_SECRET: 'secret',
    CALLCHART_TENANT_ID: '5a5a0000-1111-4222-8333-444455556666',
  }
  expect(readConfig(least).metrics).toBeUndefined()
  expect(readConfig({ ...least, CALLCHART_METRICS_PORT: '9464' }).metrics).toEqual({
    host: '127.0.0.1',
    port: 9464,
  })
})

test('anything but GET /metrics is not found, and the page is gone once the bot is closed', async () => {
  await using rig = await Rig.open(chart, { metrics })
  const url = rig.bot.metricsUrl ?? ''
  const paths = ['/', '/metrics/x', '/healthz'].map((path) => new URL(path, url))
  for (const path of paths) expect((await fetch(path)).status).toBe(404)
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
  await rig.bot.close()
  await expect(fetch(url)).rejects.toThrow()
})

test('a port that is taken is told, with the variable to set', async () => {
  await using rig = await Rig.open(chart, { metrics })
  const port = Number(new URL(rig.bot.metricsUrl ?? '').port)
  await expect(Rig.open(chart, { metrics: { ...metrics, port } })).rejects.toThrow(
    'CALLCHART_METRICS_PORT',
  )
})
