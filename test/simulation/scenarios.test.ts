/** What the simulation once found, each as small as it was shrunk, so that it stays found. */
import { callChart, callSetup } from 'callchart/machines'
import { emulate, type Fault, type Traffic } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { run } from '../../src/testkit/simulation/index.ts'
import { busyBot } from './bot.ts'

function deed(atMs: number, act: Traffic['deeds'][number]['act'], call = 0, who = 0) {
  return { atMs, act, call, who }
}

function fault(kind: Fault['kind'], at: number, forMs = 0): Fault {
  return { kind, at, forMs }
}

async function violations(traffic: Traffic) {
  return (await run(busyBot, traffic)).violations
}

test('a call heard of only when it is over leaves no mailbox in memory', async () => {
  const traffic = { seed: 7, deeds: [deed(0, 'ring')], faults: [fault('drop', 0)] }
  expect(await violations(traffic)).toEqual([])
})

test('the disk fills at any commit: what could not be written is written afterwards', async () => {
  const deeds = [deed(0, 'ring'), deed(100, 'dial', 1), deed(200, 'joinMeeting', 2)]
  for (let at = 0; at < 12; at++) {
    const faults = [fault('diskFull', at, 3_000)]
    expect(await violations({ seed: 3, deeds, faults }), `commit ${at}`).toEqual([])
  }
})

test('keys that could not be fetched once do not make the new key unknown for minutes', async () => {
  const deeds = [deed(0, 'ring'), deed(30_000, 'ring', 1)]
  for (let at = 5; at < 12; at++) {
    await using world = await emulate(busyBot)
    const faults = [fault('rotateKeys', 20_000), fault('loseRequest', at)]
    await world.play({ seed: 1, deeds, faults })
    const abandoned = world.emulator.record.filter(
      (entry) => entry.kind === 'notification' && entry.outcome === 'abandoned',
    )
    expect(abandoned, `request ${at}`).toEqual([])
  }
})

test('a call that is taken up while it ends has its start in the journal, and its deadline', async () => {
  const deeds = [deed(0, 'ring'), deed(2_000, 'hangUp')]
  expect(await violations({ seed: 2361, deeds, faults: [fault('drop', 0)] })).toEqual([])
})

test('a call that waits for a decision has its start in the journal, and its deadline', async () => {
  const scenario = callSetup.createStateConfig({ initial: 'idle', states: { idle: {} } })
  const asking = callSetup.createMachine(
    callChart({ id: 'asking', version: '1', scenario, incoming: 'ask' }),
  )
  await using world = await emulate(asking)
  await world.play({ seed: 1, deeds: [deed(0, 'ring')], faults: [] })
  await world.checkInvariants()
})

test('a share that fails while the bot already stops sharing leaves it a viewer', async () => {
  const deeds = [deed(0, 'joinMeeting'), deed(12_000, 'press', 0, 1)]
  const faults = [2, 3, 4, 5, 6, 7].map((at) => fault('throttle', at, 4_000))
  expect(await violations({ seed: 20033, deeds, faults })).toEqual([])
})

test('an unmute that fails behind a mute that failed does not leave the bot muted', async () => {
  const deeds = [deed(0, 'ring'), deed(30_000, 'press')]
  const faults = [3, 4, 5, 6, 7].map((at) => fault('throttle', at, 8_000))
  expect(await violations({ seed: 30178, deeds, faults })).toEqual([])
})

test('a call that Graph tells of after its request was given up is hung up', async () => {
  // Graph's notifications come late, because nobody could fetch the keys to verify them with.
  const faults = [
    fault('failAfter', 0),
    fault('slow', 2, 19_471),
    fault('slow', 4, 22_907),
    fault('loseRequest', 5),
  ]
  const deeds = [deed(91_579, 'dialSeveral', 2, 11), deed(124_651, 'dialSeveral', 3, 9)]
  expect(await violations({ seed: 5141, deeds, faults })).toEqual([])
})

test('a meeting that could not be joined for sure is not asked who is in it', async () => {
  const deeds = [deed(0, 'joinMeeting')]
  const faults = [fault('failBefore', 0), fault('failBefore', 1), fault('failBefore', 2)]
  expect(await violations({ seed: 18, deeds, faults })).toEqual([])
})

test('a call that Graph made without a word that came through is nobody’s to know', async () => {
  const faults = [fault('failAfter', 0), ...[0, 1, 2, 3].map((nth) => fault('drop', nth))]
  for (const seed of [1, 2, 3, 4, 1309])
    expect(await violations({ seed, deeds: [deed(0, 'dial')], faults }), `${seed}`).toEqual([])
})

test('a recording whose stop nobody answered is not held to go on', async () => {
  // The answers are lost until the engine has stopped waiting for them, as in seed 21043.
  for (const at of [5, 6, 7, 8]) {
    const faults = [fault('loseResponse', at), fault('jumpClock', 42_000, 150_468)]
    const deeds = [deed(0, 'ring'), deed(30_000, 'press', 0, 2)]
    expect(await violations({ seed: 21043, deeds, faults }), `${at}`).toEqual([])
  }
})
