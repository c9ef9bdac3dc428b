import 'callchart/testkit/vitest'
import { emulate, neverActsAfterHangUp, neverThrows } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { importsOf, readFiles } from '../repository.ts'
import { rude } from './rude.ts'

async function choosing() {
  const world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  return { world, call }
}

test('a call is in a state of its scenario, or of a region named with it', async () => {
  const { world, call } = await choosing()
  await using _ = world
  expect(call).toBeIn('choosing')
  expect(call).toBeIn('scenario.choosing')
  expect(call).toBeIn('scenario')
  expect(call).toBeIn('audio.unmuted')
  expect(call).not.toBeIn('choos')
  expect(() => expect(call).toBeIn('desk')).toThrow('the call is in scenario.choosing')
})

test('a call has heard events and facts in their order', async () => {
  const { world, call } = await choosing()
  await using _ = world
  await call.press('1')
  expect(call).toHaveHeard('call.started', 'call.established', 'prompt.completed', 'tone.received')
  expect(call).not.toHaveHeard('tone.received', 'prompt.completed')
  expect(() => expect(call).toHaveHeard('call.started', 'call.held')).toThrow('not heard call.held')
})

test('a call has asked for an effect with at least these parameters', async () => {
  const { world, call } = await choosing()
  await using _ = world
  expect(call).toHaveAsked('playPrompt', { prompt: 'welcome.wav' })
  expect(call).toHaveAsked('answer')
  expect(call).not.toHaveAsked('playPrompt', { prompt: 'goodbye.wav' })
  expect(() => expect(call).toHaveAsked('transfer')).toThrow('answer, playPrompt, subscribeToTone')
})

test('a world has requested these actions and no others', async () => {
  const { world } = await choosing()
  await using _ = world
  expect(world).toHaveRequested(['answer', 'playPrompt', 'subscribeToTone'])
  expect(() => expect(world).toHaveRequested(['answer'])).toThrow('for answer, playPrompt')
})

test('a world keeps its invariants, or the matcher says how it did not', async () => {
  const { world } = await choosing()
  await using _ = world
  await expect(world).toKeep(neverThrows)
  await using other = await emulate(rude)
  await other.ring({ from: 'bob@fabrikam.com' })
  await expect(async () => expect(other).toKeep(neverActsAfterHangUp)).rejects.toThrow(
    'asked for playPrompt when it was over',
  )
})

test('a matcher about a call refuses what is none', () => {
  expect(() => expect(7).toBeIn('choosing')).toThrow('about a call of a world')
  expect(() => expect(7).toHaveRequested([])).toThrow('about a world')
})

test('the testkit itself knows no test runner', () => {
  const runners = readFiles()
    .filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'))
    .flatMap(importsOf)
    .filter(({ target }) => target === 'vitest')
  expect(runners.map(({ file }) => file)).toEqual(['src/testkit/vitest.ts'])
})
