/** Where a ringing call has come on its way through the engine, and when: one call at a time. */
import { subscribe } from 'node:diagnostics_channel'
import type { Bot } from '../../src/bot/index.ts'

/** The stations inside the bot, in their order. */
export const stations = ['atOurDoor', 'heard', 'turned', 'durable', 'sent'] as const

export type Station = (typeof stations)[number]

/** Milliseconds by `momentMs`. */
export type Passed = Readonly<Partial<Record<Station, number>>>

/** The time that all processes of a machine share. */
export function momentMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** What the engine tells; the first and the last are told by Node, of requests in and out. */
const records: Readonly<Record<string, Station>> = {
  notified: 'heard',
  turned: 'turned',
  committed: 'durable',
}

/** Watches from now on: `passed` gives when each station was first come by since it was last asked. */
export function watchStations({ observe }: Pick<Bot, 'observe'>): {
  readonly passed: () => Passed
} {
  let passed: Partial<Record<Station, number>> = {}
  const note = (station: Station) => {
    passed[station] ??= momentMs()
  }
  subscribe('http.server.request.start', () => note('atOurDoor'))
  subscribe('undici:client:sendHeaders', () => note('sent'))
  observe(({ kind }) => {
    const station = records[kind]
    if (station) note(station)
  })
  return {
    passed: () => {
      const before = passed
      passed = {}
      return before
    },
  }
}
