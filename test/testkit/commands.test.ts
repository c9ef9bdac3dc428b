/** Model commands: they find what is broken, shrink it, and show it as a script. */
import {
  anyCall,
  anyCommands,
  anyLifecycle,
  emulate,
  endsEventually,
  neverActsAfterHangUp,
  neverThrows,
  type WorldCommand,
} from 'callchart/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { rude } from './rude.ts'

async function run(
  chart: AnyStateMachine,
  commands: readonly WorldCommand[],
): Promise<readonly string[]> {
  await using world = await emulate(chart)
  await fc.asyncModelRun(() => ({ model: { calls: [] }, real: world }), commands)
  await world.checkInvariants(endsEventually, neverActsAfterHangUp, neverThrows)
  return world.heldCalls.flatMap(({ heard }) => heard)
}

test('whatever people do with the front desk, it keeps what it should', () =>
  fc.assert(
    fc.asyncProperty(anyCommands({ most: 12 }), async (commands) => {
      await run(frontDesk, commands)
    }),
    { seed: 1, numRuns: 40 },
  ))

test('commands go everywhere: keys, prompts, people and restarts', async () => {
  const heard = new Set<string>()
  for (const commands of fc.sample(anyCommands(), { seed: 3, numRuns: 60 })) {
    for (const type of await run(frontDesk, commands)) heard.add(type)
  }
  expect([...heard]).toEqual(
    expect.arrayContaining([
      'prompt.completed',
      'tone.reported',
      'engine.resumed',
      'callState.terminated',
    ]),
  )
})

test('whoever has left a call of several does nothing more in it', async () => {
  const any = fc.sample(anyCommands(), { seed: 1, numRuns: 100 }).flat()
  const deeds = ["world.ring({ from: 'bob@fabrikam.com' })", "call.join('carol@contoso.com')"]
  for (const left of ['call.mute()', 'call.share()', 'call.hangUp()']) {
    const codes = [...deeds, 'call.hangUp()', left].map((deed) => `await ${deed}`)
    const commands = codes.flatMap((code) => any.find((each) => String(each) === code) ?? [])
    expect(commands.map(String)).toEqual(codes)
    await run(frontDesk, commands)
  }
})

test('what breaks a rude bot is one ring, and stands there as a test', async () => {
  const details = await fc.check(
    fc.asyncProperty(anyCommands(), async (commands) => {
      await run(rude, commands)
    }),
    { seed: 1, numRuns: 50 },
  )
  expect(details.failed).toBe(true)
  expect(details.counterexample?.map(String)).toEqual([
    "await world.ring({ from: 'bob@fabrikam.com' })",
  ])
  const error = details.errorInstance
  expect(
    error instanceof Error && error.message,
  ).toContain(`  await using world = await emulate(rude)
  await world.ring({ from: 'bob@fabrikam.com' })
  await world.checkInvariants(endsEventually, neverActsAfterHangUp, neverThrows)`)
})

test('one call is one call, and nothing goes wrong on it', () => {
  fc.assert(
    fc.property(anyCall(), ({ deeds, faults }) => {
      expect(new Set(deeds.map(({ call }) => call)).size).toBe(1)
      expect(faults).toEqual([])
    }),
  )
})

test('of a lifecycle only notifications are late, repeated or lost', () =>
  fc.assert(
    fc.asyncProperty(anyLifecycle(), async (traffic) => {
      await using world = await emulate(frontDesk, { seed: traffic.seed })
      await world.play(traffic)
      await world.checkInvariants(neverThrows)
      const struck = [...world.mishaps.struck.keys()]
      expect(struck.filter((kind) => /throttle|fail|Request|crash|disk|jump/.test(kind))).toEqual(
        [],
      )
    }),
    { seed: 1, numRuns: 15 },
  ))
