/**
 * Whatever people press, Graph tells and crashes take, a dialogue shape comes to one of its ends; nothing it
 * played goes on playing, nobody it rang goes on ringing, and no digit is written.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shape } from '../../machines/index.ts'
import { chartOf, desk } from '../machines/dialogue/desk.ts'
import { anyDeeds, Stage } from './dialogue.ts'

const ends = { onDone: 'onDone', onFailed: 'onFailed' } as const
const asking = { id: 'pin', prompt: 'a.wav', retryPrompt: 'b.wav', ...ends } as const

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
  'record message': desk.recordMessage({ id: 'message', prompt: 'a.wav', retries: 1, ...ends }),
}

/** Where a scenario may stand in the end. */
const beside = ['onDone', 'onRefused', 'onFailed', 'elsewhere', 'ended']

describe.each(Object.entries(shapes))('%s', (_, shape) => {
  test('comes to one of its ends, leaves nothing playing, and writes no digit', () => {
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
        const media = ['playPrompt', 'recordResponse', 'invite']
        expect(open.filter(({ effect }) => media.includes(effect))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
