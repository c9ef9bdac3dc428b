/** A stranger's bot: uses every export of the installed package, and no file of this repository. */
import assert from 'node:assert/strict'
import { ConfigurationError, createBot, readConfig } from 'callchart'
import { createEmulator } from 'callchart/emulator'
import { callChart, callSetup } from 'callchart/machines'
import { emulate } from 'callchart/testkit'

const desk = callSetup.extend({
  guards: { isStaff: ({ context }) => context.source.domain === 'contoso.com' },
})
const scenario = desk.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': [{ guard: 'isStaff', target: 'desk' }, 'greeting'] } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': 'choosing' },
    },
    choosing: {
      entry: 'subscribeToTone',
      after: { 10000: 'goodbye' },
      on: {
        'tone.received': { guard: { type: 'toneIs', params: { tone: 'tone1' } }, target: 'desk' },
      },
    },
    desk: { entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
    goodbye: { entry: 'hangUp' },
  },
})
const frontDesk = desk.createMachine(callChart({ id: 'front-desk', version: '1', scenario }))

{
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await call.press('1')
  assert.deepEqual(world.requests, ['answer', 'playPrompt', 'subscribeToTone', 'transfer'])
}

await assert.rejects(
  async () => createBot({ chart: frontDesk, config: readConfig({}) }),
  ConfigurationError,
)
assert.deepEqual(createEmulator().requests, [])
