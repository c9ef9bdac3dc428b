/** What was done to a world, written down as code: it compiles, runs, and comes to the same. */
import { anyTraffic, emulate, neverActsAfterHangUp, trafficOf, type World } from 'callchart/testkit'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { codeOf, identifierOf } from '../../src/code.ts'
import { bot, callchart } from '../cli/callchart.ts'
import { MadeTests } from '../madeTests.ts'
import { rude } from './rude.ts'

const made = new MadeTests('.scripts')
afterAll(() => made[Symbol.dispose]())

/** What vitest says of a test file. */
function runTest(name: string, code: string) {
  made.write(name, code)
  return made.run(name)
}

async function failureOf(check: Promise<void>): Promise<string> {
  const error: unknown = await check.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  )
  return error instanceof Error ? error.message : String(error)
}

async function hangUpEarly(world: World): Promise<void> {
  const bob = world.person('bob@fabrikam.com')
  const call = await bob.ring()
  await call.finishPrompt()
  await world.advance(1_500)
  await call.join('ann@contoso.com')
  await bob.hangUp()
}

test('a world is written down as the test that does the same again', async () => {
  await using world = await emulate(rude, { seed: 5, switches: { ringDelayMs: 10 } })
  await hangUpEarly(world)
  await failureOf(world.checkInvariants(neverActsAfterHangUp))
  expect(
    world.asTest({ title: 'it is rude' }),
  ).toBe(`import { emulate, neverActsAfterHangUp } from 'callchart/testkit'
import { test } from 'vitest'
import { rude } from './chart.ts'

test('it is rude', async () => {
  await using world = await emulate(rude, { seed: 5, switches: { ringDelayMs: 10 } })
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await world.advance(1_500)
  await call.join('ann@contoso.com')
  await call.hangUp('bob@fabrikam.com')
  await world.checkInvariants(neverActsAfterHangUp)
})
`)
})

test('and as the commands by which a terminal does it', async () => {
  await using world = await emulate(rude)
  await hangUpEarly(world)
  await world.restart()
  expect(world.asCommands()).toBe(`npx callchart sim ring --from bob@fabrikam.com
npx callchart sim finish-prompt
sleep 1.5
npx callchart sim join ann@contoso.com
npx callchart sim hangup bob@fabrikam.com
# await world.restart()`)
})

test('the test that a failure prints fails in the same way', async () => {
  await using world = await emulate(rude)
  await hangUpEarly(world)
  const failure = await failureOf(world.checkInvariants(neverActsAfterHangUp))
  const [said = '', code = ''] = failure.split('The same again, as a test:\n\n')
  expect(said).toContain('neverActsAfterHangUp: Call ')
  made.write('chart.ts', "export { rude } from '../testkit/rude.ts'\n")
  const { status, text } = runTest('again.test.ts', code)
  expect(status).toBe(1)
  expect(text).toContain(said.split('\n').at(1)?.trim())
})

test('a world that kept everything is written down as a test that passes', async () => {
  await using world = await emulate(frontDesk, { seed: 9 })
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await call.press('1')
  await world.play(trafficOf(3, { calls: 1, deeds: 3 }))
  await world.checkInvariants()
  const code = world.asTest({ from: '../../examples/front-desk/chart.ts' })
  expect(runTest('kept.test.ts', code)).toMatchObject({ status: 0 })
})

test('what simulate prints of a failure fails in the same way', async () => {
  const { stdout, code } = await callchart(['simulate', bot('endless.ts'), '--runs', '1'])
  expect(code).toBe(1)
  const [printed = ''] = /^import \{ emulate[\s\S]*?^\}\)$/m.exec(stdout) ?? []
  made.write('chart.ts', "export { endless } from '../cli/bots/endless.ts'\n")
  const { status, text } = runTest('simulated.test.ts', printed)
  expect(status).toBe(1)
  expect(text).toContain('everyCallEnds: The engine still holds call')
})

test('any traffic is written as code that is the same traffic', () => {
  fc.assert(
    fc.property(anyTraffic(), (traffic) => {
      const read: unknown = new Function(`return ${fc.stringify(traffic)}`)()
      expect(read).toEqual(traffic)
    }),
    { seed: 1, numRuns: 20 },
  )
})

test('any plain value is written as code that is the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const read: unknown = new Function(`return (${codeOf(value)})`)()
      expect(JSON.stringify(read)).toBe(JSON.stringify(value))
    }),
    { seed: 1 },
  )
})

test.each([
  ['front-desk', 'frontDesk'],
  ['Voice recorder 2', 'voiceRecorder2'],
  ['7', 'chart'],
])('the chart %s is the variable %s', (id, name) => {
  expect(identifierOf(id)).toBe(name)
})
