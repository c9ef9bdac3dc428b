/** What a row of the timeline says of what failed. */
import { expect, test } from 'vitest'
import { engineRows } from '../../../src/cli/terminal/engineRows.ts'

const settled = {
  kind: 'settled',
  atMs: 0,
  key: 'call',
  effect: 'playPrompt',
  command: 'call.3.0',
  status: 'failed',
  durationMs: 100,
} as const

test('a prompt that Graph could not play is told with its reason', () => {
  const resultInfo = { code: 400, subcode: 8536, message: 'The prompt could not be downloaded.' }
  expect(engineRows()({ ...settled, resultInfo })).toMatchObject({
    what: 'playPrompt failed',
    outcome: [{ text: '400/8536 The prompt could not be downloaded.' }],
  })
})

test('a request that Graph refused is told with its reason', () => {
  const fault = { status: 403, code: '7504', message: 'Not allowed.', fix: 'Have it granted.' }
  expect(engineRows()({ ...settled, fault })).toMatchObject({
    outcome: [{ text: '403 7504: Not allowed.' }],
  })
})
