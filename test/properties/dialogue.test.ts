/**
 * Whatever people press, Graph tells and crashes take, a dialogue shape comes to one of its ends; nothing it
 * played goes on playing, nobody it rang goes on ringing, and no digit is written.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shape } from '../../machines/index.ts'
import { chartOf, desk } from '../machines/dialogue/desk.ts'
import { anyDeeds, people, Stage } from './dialogue.ts'

const ends = { onDone: 'onDone', onFailed: 'onFailed' } as const
const asking = { id: 'pin', prompt: 'a.wav', retryPrompt: 'b.wav', ...ends } as const

const transfer = desk.warmTransfer({
  ...{ id: 'ann', to: people[1] ?? '', prompt: 'a.wav', whisper: 'b.wav' },
  ...ends,
})

const shapes: { readonly [name: string]: Shape<string> } = {
  'gather digits': desk.gatherDigits({ ...asking, length: [2, 4] }),
  'gather digits, without barge-in': desk.gatherDigits({ ...asking, length: 3, bargeIn: false }),
  menu: desk.menu({
    ...{ id: 'main', prompt: 'a.wav', retryPrompt: 'b.wav', onFailed: 'onFailed' },
    choices: { 1: 'onDone', '*': 'onRefused' },
  }),
  confirm: desk.confirm({ ...asking, onRefused: 'onRefused' }),
  'play sequence': desk.playSequence({
    ...{ id: 'hours', prompts: ['a.wav', 'b.wav'], skipKey: '#' },
    ...ends,
  }),
  'ring any': desk.ringAny({ id: 'agents', targets: people.slice(1), prompt: 'a.wav', ...ends }),
  'warm transfer': transfer,
  'wait in queue': desk.waitInQueue({
    ...{ id: 'queue', music: 'a.wav', until: 'self.muted', choices: { 1: 'onRefused' } },
    announcement: { prompt: 'b.wav', everyMs: 30_000 },
    ...ends,
  }),
  'join and announce': desk.joinAndAnnounce({
    ...{ id: 'meeting', prompt: 'a.wav', newcomer: () => 'b.wav' },
    ...ends,
  }),
  'record message': desk.recordMessage({ id: 'message', prompt: 'a.wav', retries: 1, ...ends }),
}

/** Where a scenario may stand in the end. */
const beside = ['onDone', 'onRefused', 'onFailed', 'elsewhere', 'ended']

describe.each(Object.entries(shapes))('%s', (_, shape) => {
  test('comes to one of its ends, leaves nothing playing and nobody ringing or held, and writes no digit', () => {
    fc.assert(
      fc.property(anyDeeds, (deeds) => {
        const stage = new Stage(chartOf(shape))
        for (const deed of deeds) {
          stage.perform(deed)
          expect(stage.text).not.toMatch(/"pin":"\d/)
        }
        stage.rest()
        expect(beside).toContain(stage.state)
        if (stage.state === 'ended') return
        const open = stage.asked.filter(({ settled, stopped }) => !settled && !stopped)
        const lasting = ['playPrompt', 'recordResponse', 'invite']
        expect(open.filter(({ effect }) => lasting.includes(effect))).toEqual([])
        const count = (name: string) => stage.asked.filter(({ effect }) => effect === name).length
        expect(count('stopHoldMusic')).toBe(count('startHoldMusic'))
      }),
      { numRuns: 150 },
    )
  })
})

test('whoever is held is brought back when a shape is left from outside', () => {
  const stage = new Stage(chartOf(transfer))
  stage.perform({ kind: 'join', who: 1 })
  stage.perform({ kind: 'settle', which: 0, how: 'completed' })
  expect(stage.asked.at(-1)?.effect).toBe('startHoldMusic')
  stage.perform({ kind: 'leaveShape' })
  expect(stage.state).toBe('elsewhere')
  expect(stage.asked.at(-1)?.effect).toBe('stopHoldMusic')
})

test('whoever is held already is not held again when the list of people comes twice', () => {
  const stage = new Stage(chartOf(transfer))
  stage.perform({ kind: 'settle', which: 0, how: 'completed' })
  stage.perform({ kind: 'restart' })
  stage.perform({ kind: 'settle', which: 1, how: 'completed' })
  stage.perform({ kind: 'settle', which: 2, how: 'completed' })
  expect(stage.asked.filter(({ effect }) => effect === 'startHoldMusic')).toHaveLength(1)
})
