import { expect, test } from 'vitest'
import type { CallChartEvent } from '../../../src/engine/turn.ts'
import { untaken } from '../coverage.ts'
import { asked, HeardCall, rosterUpdated, terminated, told } from './heard.ts'

const mute = asked('mute', {})
const unmute = asked('unmute', {})
const muted = told('mute', 'completed')
const unmuted = told('unmute', 'completed')
const shownMuted = rosterUpdated({ isMuted: true })
const shownUnmuted = rosterUpdated({ isMuted: false })

const into = {
  unmuted: [],
  muting: [mute],
  muted: [mute, muted],
  mutedByRoster: [shownMuted],
  unmuting: [mute, muted, unmute],
  unmutingByRoster: [shownMuted, unmute],
} satisfies Record<string, CallChartEvent[]>

const rows: readonly (readonly [keyof typeof into, CallChartEvent, string, ...string[]])[] = [
  ['unmuted', mute, 'muting'],
  ['unmuted', shownMuted, 'muted', 'self.muted'],
  ['unmuted', shownUnmuted, 'unmuted'],
  ['muting', muted, 'muted', 'self.muted'],
  ['muting', told('mute', 'failed'), 'unmuted'],
  ['muting', unmute, 'unmuting'],
  ['muting', shownMuted, 'muted', 'self.muted'],
  ['muted', unmute, 'unmuting'],
  ['mutedByRoster', shownUnmuted, 'unmuted', 'self.unmuted'],
  ['unmuting', unmuted, 'unmuted', 'self.unmuted'],
  ['unmuting', told('unmute', 'failed'), 'muted'],
  ['unmuting', mute, 'muting'],
  ['unmutingByRoster', shownUnmuted, 'unmuted', 'self.unmuted'],
  ['unmuted', terminated, 'ended'],
  ['muting', terminated, 'ended'],
  ['muted', terminated, 'ended'],
  ['unmuting', terminated, 'ended'],
]

for (const [from, event, to, ...facts] of rows) {
  test(`${from} hears ${JSON.stringify(event)}: ${to}`, () => {
    const call = new HeardCall().hear(...into[from], event)
    expect(call.value.audio).toBe(to)
    expect(call.facts.filter((fact) => fact.startsWith('self.'))).toEqual(facts)
  })
}

test('a roster that does not know of our mute yet does not unmute us', () => {
  const call = new HeardCall().hear(shownUnmuted, mute, muted, shownUnmuted)
  expect(call.value.audio).toBe('muted')
})

test('a roster that does not know of our unmute yet does not mute us', () => {
  const call = new HeardCall().hear(shownMuted, unmute, unmuted, shownMuted)
  expect(call.value.audio).toBe('unmuted')
})

test('the answer to our mute, heard after the roster told it and its end, mutes nothing', () => {
  const call = new HeardCall().hear(mute, shownMuted, shownUnmuted, muted)
  expect(call.value.audio).toBe('unmuted')
})

test('being muted is told once, whether the answer or the roster comes first', () => {
  const told = (call: HeardCall) => call.heard.filter((fact) => fact === 'self.muted')
  expect(told(new HeardCall().hear(mute, muted, shownMuted))).toHaveLength(1)
  expect(told(new HeardCall().hear(mute, shownMuted, muted))).toHaveLength(1)
})

test('the tests above exercise every transition of audio', () => {
  expect(untaken(new HeardCall().region('audio'))).toEqual([])
})
