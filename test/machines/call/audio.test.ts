import { describe, expect, test } from 'vitest'
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

describe('requests that overtake one another', () => {
  const muteFails = told('mute', 'failed')
  const unmuteFails = told('unmute', 'failed')

  test('an unmute that fails after the mute before it failed leaves the bot unmuted', () => {
    const call = new HeardCall().hear(mute, unmute, muteFails, unmuteFails)
    expect(call.value.audio).toBe('unmuted')
  })

  test('an unmute that fails after the mute before it was done leaves the bot muted', () => {
    const call = new HeardCall().hear(mute, unmute, muted)
    expect([call.value.audio, call.facts]).toEqual(['unmuting', ['self.muted']])
    expect(call.hear(unmuteFails).value.audio).toBe('muted')
  })

  test('a second mute that fails after the unmute before it was done leaves the bot unmuted', () => {
    const again = asked('mute', {}, 'mute2')
    const call = new HeardCall().hear(mute, unmute, again, muted)
    expect(call.value.audio).toBe('muting')
    call.hear(unmuted)
    expect(call.hear(told('mute', 'failed', {}, 'mute2')).value.audio).toBe('unmuted')
  })

  test('a mute that fails after an unmute failed behind it leaves the bot muted', () => {
    const again = asked('mute', {}, 'mute2')
    const call = new HeardCall().hear(mute, unmute, again, muted, unmuteFails)
    expect(call.hear(told('mute', 'failed', {}, 'mute2')).value.audio).toBe('muted')
  })

  test('a repeated request is settled by its own answer', () => {
    const mute2 = asked('mute', {}, 'mute2')
    const unmute2 = asked('unmute', {}, 'unmute2')
    const call = new HeardCall().hear(mute, mute2, told('mute', 'failed'))
    expect(call.value.audio).toBe('muting')
    call.hear(told('mute', 'completed', {}, 'mute2'), unmute, unmute2, unmuted)
    expect(call.value.audio).toBe('unmuting')
    expect(call.hear(told('unmute', 'failed', {}, 'unmute2')).value.audio).toBe('unmuted')
  })
})

test('a list that was asked for is believed against what an answer told', () => {
  const listed = (isMuted: boolean) => rosterUpdated({ isMuted }, { listed: true })
  const call = new HeardCall().hear(mute, muted, listed(false))
  expect(call.value.audio).toBe('unmuted')
  call.hear(listed(true), unmute, unmuted, listed(true))
  expect(call.value.audio).toBe('muted')
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
