/** What the engine promises of a call, tried with a real store, real HTTP and a simulated clock. */
import { readFile, rm } from 'node:fs/promises'
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { assign, fromPromise } from 'xstate'
import { Rig } from './rig.ts'

type LookUp = (input: { key: string }, signal: AbortSignal) => Promise<string>

/** Hangs up after 10 s unless a key is pressed, which goes into private memory and starts a look-up. */
function patientChart(lookUp: LookUp, version = '1') {
  const setup = callSetup.extend({
    types: {} as { bot: { name: string }; private: { digit: string } },
    actors: {
      lookUp: fromPromise(({ input, signal }: { input: { key: string }; signal: AbortSignal }) =>
        lookUp(input, signal),
      ),
    },
    actions: {
      keepDigit: assign({
        private: ({ context, event }) =>
          event.type === 'tone.received' ? { digit: event.toneInfo.tone } : context.private,
      }),
      explode: assign(() => {
        throw new Error('the author made a mistake')
      }),
    },
  })
  const scenario = setup.createStateConfig({
    initial: 'waiting',
    on: { 'call.held': { actions: 'explode' }, 'engine.resumed': {}, 'engine.error': '.warned' },
    states: {
      waiting: { on: { 'call.established': 'listening' } },
      listening: {
        entry: 'subscribeToTone',
        after: { 10000: 'goodbye' },
        on: { 'tone.received': { target: 'looking', actions: 'keepDigit' } },
      },
      looking: {
        invoke: {
          src: 'lookUp',
          input: ({ context }) => ({ key: context.key }),
          onDone: {
            target: 'found',
            actions: assign({ bot: ({ event }) => ({ name: event.output }) }),
          },
          onError: 'goodbye',
        },
      },
      found: {},
      warned: {},
      goodbye: { entry: 'hangUp' },
    },
  })
  return setup.createMachine(callChart({ id: 'patient', version, scenario, bot: { name: '' } }))
}

const never: LookUp = () => new Promise(() => {})
const atOnce: LookUp = async () => 'Bob'

function hangUps(rig: Rig): number {
  return rig.emulator.requests.filter((name) => name === 'hangUp').length
}

test('a deadline survives a crash and fires once, at its own time', async () => {
  await using rig = await Rig.open(patientChart(never))
  await rig.ring()
  await rig.advance(6_000)
  await rig.crash()
  await rig.start(patientChart(never))
  await rig.advance(3_999)
  expect(hangUps(rig)).toBe(0)
  await rig.advance(60_000)
  expect(hangUps(rig)).toBe(1)
})

test('a deadline that fell due while the process was dead fires at once', async () => {
  await using rig = await Rig.open(patientChart(never))
  await rig.ring()
  await rig.crash()
  await rig.advance(30_000)
  await rig.start(patientChart(never))
  await rig.advance(0)
  expect(hangUps(rig)).toBe(1)
})

test('promise logic interrupted by a crash runs again, and its result reaches the chart', async () => {
  await using rig = await Rig.open(patientChart(never))
  const call = await rig.ring()
  await call.press('1')
  expect(rig.states(call.id)).toContain('scenario.looking')
  await rig.crash()
  await rig.start(patientChart(atOnce))
  await rig.settle()
  expect(rig.states(call.id)).toContain('scenario.found')
})

test('promise logic whose state was left is aborted, and its result is not heard', async () => {
  const aborted: string[] = []
  const chart = patientChart(
    ({ key }, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(key)
          reject(new Error('aborted'))
        })
      }),
  )
  await using rig = await Rig.open(chart)
  const call = await rig.ring()
  await call.press('1')
  call.hangUp()
  await rig.settle()
  expect(aborted).toEqual([call.id])
  expect(rig.states(call.id)).toContain('scenario.ended')
})

test('a tone is never written down, and a restart tells the call that its private values are gone', async () => {
  await using rig = await Rig.open(patientChart(atOnce))
  const call = await rig.ring()
  await call.press('7')
  await rig.settle()
  const files = await filesOf(rig)
  expect(files).toContain('tone.reported')
  expect(files).not.toContain('tone7')
  await rig.crash()
  await rig.start(patientChart(atOnce))
  await rig.settle()
  expect(rig.records).toContainEqual(
    expect.objectContaining({ kind: 'turned', event: 'engine.resumed' }),
  )
})

test('an event that makes the chart throw is quarantined, the call is told, and it goes on', async () => {
  await using rig = await Rig.open(patientChart(never))
  const call = await rig.ring()
  expect(await rig.report(call, 'hold')).toEqual({ kind: 'accepted' })
  expect(rig.records).toContainEqual(
    expect.objectContaining({ kind: 'quarantined', reason: 'the author made a mistake' }),
  )
  expect(rig.states(call.id)).toEqual(
    expect.arrayContaining(['signalling.established', 'scenario.warned']),
  )
})

test('a commit that fails undoes its turns; Graph is told to come again, and nothing is lost', async () => {
  let failing = false
  const beforeStatement = () => {
    if (failing) throw new Error('disk full')
  }
  await using rig = await Rig.open(patientChart(atOnce), { store: { beforeStatement } })
  const call = await rig.ring()
  failing = true
  const pressed = call.press('1')
  await rig.settle()
  expect(rig.records).toContainEqual(expect.objectContaining({ kind: 'commitFailed' }))
  failing = false
  await rig.advance(9_000)
  expect((await pressed).acknowledged).toBe(true)
  expect(rig.states(call.id)).toContain('scenario.found')
})

test('calls on another chart version are refused at start, by name', async () => {
  await using rig = await Rig.open(patientChart(never))
  const call = await rig.ring()
  await rig.crash()
  await expect(rig.start(patientChart(never, '2'))).rejects.toThrow(call.id)
  await rig.start(patientChart(never))
})

test('calls beyond the hot ones leave memory, and go on when they are needed', async () => {
  await using rig = await Rig.open(patientChart(atOnce), { hotCalls: 2 })
  const calls = []
  for (const name of ['ann', 'bob', 'cy', 'dee', 'eve']) calls.push(await rig.ring(`${name}@x.com`))
  for (const call of calls) {
    await call.press('1')
    await rig.settle()
    expect(rig.states(call.id)).toContain('scenario.found')
  }
})

test('an ended call is deaf: late notifications are acknowledged and change nothing', async () => {
  await using rig = await Rig.open(patientChart(never))
  const call = await rig.ring()
  call.hangUp()
  await rig.settle()
  const turns = () => rig.records.filter(({ kind }) => kind === 'turned').length
  const before = turns()
  expect(await rig.report(call, 'established')).toEqual({ kind: 'accepted' })
  expect(turns()).toBe(before)
})

test('a live call that nobody knows is looked up and taken up; a dead one is acknowledged', async () => {
  await using rig = await Rig.open(patientChart(never))
  const call = await rig.ring()
  await rig.bot.close()
  await rm(rig.database)
  await rig.start(patientChart(never))
  const verdict = await rig.bot.engine.intake([rig.delivery(call.id, 'participants', 'updated')])
  expect(verdict).toEqual([{ kind: 'accepted' }])
  await rig.settle()
  expect(rig.states(call.id)).toContain('signalling.established')
  const over = await rig.bot.engine.intake([rig.delivery('0badca11', 'call', 'deleted')])
  expect(over).toEqual([{ kind: 'accepted' }])
  expect(rig.records).toContainEqual(
    expect.objectContaining({ kind: 'unknownCall', outcome: 'over' }),
  )
})

test('by policy a live call that nobody knows is refused, never dropped silently', async () => {
  await using rig = await Rig.open(patientChart(never), { unknownCalls: 'refuse' })
  const [verdict] = await rig.bot.engine.intake([rig.delivery('0badca11', 'call', 'updated')])
  expect(verdict?.kind).toBe('refused')
  expect(rig.records).toContainEqual(expect.objectContaining({ outcome: 'refused' }))
})

test('promise logic may have private input: it is not written down, and a restart says it is lost', async () => {
  const seen: unknown[] = []
  const setup = callSetup.extend({
    types: {} as { private: { digit: string } },
    actors: {
      charge: fromPromise(({ input }: { input: { card: string } }) => {
        seen.push(input.card)
        return new Promise<string>(() => {})
      }),
    },
    actions: {
      keepDigit: assign({ private: { digit: 'card-4711-0815' } }),
    },
  })
  const scenario = setup.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: { on: { 'call.established': { target: 'paying', actions: 'keepDigit' } } },
      paying: {
        invoke: {
          src: 'charge',
          input: ({ context }) => ({ card: `number ${context.private.digit}` }),
          onError: 'lost',
        },
      },
      lost: {},
    },
  })
  const chart = setup.createMachine(callChart({ id: 'paying', version: '1', scenario }))
  await using rig = await Rig.open(chart)
  const call = rig.emulator.ring({ from: 'bob@fabrikam.com' })
  // Not settled: what never ends is work that never settles.
  while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual(['number card-4711-0815'])
  expect(await filesOf(rig)).not.toContain('4711')
  await rig.crash()
  await rig.start(chart)
  await rig.settle()
  expect(rig.states(call.id)).toContain('scenario.lost')
})

async function filesOf(rig: Rig): Promise<string> {
  const parts = await Promise.all(
    ['', '-wal'].map((suffix) => readFile(rig.database + suffix, 'latin1').catch(() => '')),
  )
  return parts.join('')
}
