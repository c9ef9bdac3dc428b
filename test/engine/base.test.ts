/** From one base to the next: a release of Callchart that renames a state of its own, with calls under way. */
import { type CallInput, callChart, callSetup, renamed, type Upgrade } from 'callchart/machines'
import { describe, expect, test } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { rebased } from '../../machines/call/baseUpgrades.ts'
import { openSqliteStore, storedGolden } from '../../snapshots/index.ts'
import { Charts, prospectOf } from '../../src/engine/index.ts'
import { Rig } from './rig.ts'

const MINUTE_MS = 60_000

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: { waiting: { on: { 'engine.upgraded': { actions: 'mute' } } } },
})
const options = { id: 'desk', version: '1', scenario } as const
const first = callSetup.createMachine(callChart(options))

/** What a later Callchart would make of these options: its `liveness.beating` is called `alive`. */
function later(upgrade: Upgrade, own: object = options): AnyStateMachine {
  const made = callChart({ ...options, ...own })
  const { liveness, ...others } = made.states
  return callSetup.createMachine({
    ...made,
    states: { ...others, liveness: respelled(liveness, 'beating', 'alive') },
    context: (given: { readonly input: CallInput }) => ({ ...made.context(given), base: 2 }),
    ...{ baseUpgrades: [upgrade] },
  })
}

/** The same with one word for another, as the name of a state and wherever it is meant. */
function respelled<Config>(config: Config, from: string, to: string): Config {
  const respell = (part: unknown): unknown => {
    if (part === from) return to
    if (Array.isArray(part)) return part.map(respell)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [name === from ? to : name, respell(inner)]),
    )
  }
  return respell(config) as Config
}

const carries: Upgrade = (call) => renamed(call, 'liveness.beating', 'liveness.alive')
const forgets: Upgrade = (call) => call

/** A rig with one call, five minutes old, whose bot has stopped well. */
async function stopped(chart: AnyStateMachine): Promise<{ rig: Rig; key: string }> {
  const rig = await Rig.open(chart)
  const { id } = await rig.ring()
  await rig.advance(5 * MINUTE_MS)
  await rig.bot.close()
  return { rig, key: id }
}

function heardBy(rig: Rig, key: string): readonly string[] {
  return rig.records.flatMap((record) =>
    record.kind === 'turned' && record.key === key ? [record.event] : [],
  )
}

describe('a live call of a former base', () => {
  test('goes on in the state under its new name, its deadline due when it was', async () => {
    const { rig, key } = await stopped(first)
    await using _ = rig
    await rig.start(later(carries))
    await rig.settle()
    expect(rig.states(key)).toContain('liveness.alive')
    const beats = () => rig.emulator.requests.filter((request) => request === 'keepAlive').length
    await rig.advance(9 * MINUTE_MS)
    expect(beats()).toBe(0)
    await rig.advance(MINUTE_MS)
    expect(beats()).toBe(1)
  })

  test('is upgraded once, and its author hears nothing of it', async () => {
    const { rig, key } = await stopped(first)
    await using _ = rig
    await rig.start(later(carries))
    await rig.settle()
    await rig.crash()
    await rig.start(later(carries))
    await rig.settle()
    const upgrades = heardBy(rig, key).filter((event) => event.endsWith('.upgraded'))
    expect(upgrades).toEqual(['call.upgraded'])
  })

  test('comes to the new base first, then through the upgrade that its author wrote on it', async () => {
    const { rig, key } = await stopped(first)
    await using _ = rig
    const seen: unknown[] = []
    const upgrade: Upgrade = (call) => {
      seen.push(Object(call.states).liveness)
      return { ...call, context: { ...call.context, base: 1, bot: { isMoved: true } } }
    }
    await rig.start(later(carries, { version: '2', upgrade: { '1': upgrade } }))
    await rig.settle()
    expect(new Set(seen)).toEqual(new Set(['alive']))
    expect(heardBy(rig, key)).toContain('engine.upgraded')
    // Whatever the author makes of the number, it is ours to write.
    await rig.bot.close()
    await rig.start(later(carries, { version: '2' }))
    await rig.settle()
    expect(heardBy(rig, key).filter((event) => event === 'call.upgraded')).toHaveLength(1)
  })

  test('whose state has no upgrade keeps the bot from starting, call and state named', async () => {
    const { rig, key } = await stopped(first)
    await using _ = rig
    await expect(rig.start(later(forgets))).rejects.toMatchObject({
      code: 'chart.cannotRead',
      message: expect.stringContaining(
        `'${key}' (version 1: there is no state 'liveness.beating')`,
      ),
    })
  })

  test('that was not snapshotted keeps the bot from starting: only the former base can replay it', async () => {
    await using rig = await Rig.open(first)
    const { id } = await rig.ring()
    await rig.crash()
    await expect(rig.start(later(carries))).rejects.toMatchObject({
      code: 'chart.cannotRead',
      message: expect.stringContaining(`'${id}' (version 1: what it heard since its last snapshot`),
    })
  })

  test('is told of by a survey, with both bases and what becomes of its deadlines', async () => {
    const { rig, key } = await stopped(first)
    await using _ = rig
    const store = openSqliteStore(rig.database, { readOnly: true })
    const stored = await store.load(key)
    await store.close()
    if (!stored) throw new Error('The call is not stored.')
    const prospect = prospectOf(stored, new Charts({ chart: later(carries) }))
    expect(prospect).toMatchObject({ version: '1', to: '1', base: 1, toBase: 2, flaws: [] })
    expect(prospect.changes).toContain(
      'deadline xstate.after.keepAliveInterval.desk.liveness.alive takes over, due as before',
    )
  })
})

describe('what a newer Callchart wrote', () => {
  test('keeps an older one from starting, the call and both bases named', async () => {
    const { rig, key } = await stopped(later(carries))
    await using _ = rig
    await expect(rig.start(first)).rejects.toMatchObject({
      code: 'chart.cannotRead',
      message: expect.stringContaining(
        `'${key}' (version 1: a newer Callchart wrote it, on base 2 of the call chart, and this one has base 1)`,
      ),
    })
  })

  test('is refused as a golden too', () => {
    const snapshot = JSON.stringify({ status: 'active', value: {}, context: { base: 9 } })
    const golden = { chartId: 'desk', chartVersion: '1', name: 'ahead' }
    const stored = storedGolden({ ...golden, actors: [{ actor: 'call', snapshot }] })
    const { base, flaws } = prospectOf(stored, new Charts({ chart: first }))
    expect(base).toBe(9)
    expect(flaws).toEqual([expect.stringContaining('a newer Callchart wrote it, on base 9')])
  })
})

test('a call goes through every upgrade since its own base, in order, and through no other', () => {
  const context = callChart(options).context({ input: { key: 'desk', direction: 'incoming' } })
  const call = { chart: 'desk', states: {}, context, timers: [], invocations: [], history: {} }
  const named =
    (name: string): Upgrade =>
    (call) => ({ ...call, history: { ...call.history, [name]: Object.keys(call.history) } })
  const upgrades = ['one', 'two', 'three'].map(named)
  const from = (base: number | undefined) =>
    Object.keys(rebased({ ...call, context: { ...context, base } }, upgrades).history)
  expect(from(undefined)).toEqual(['one', 'two', 'three'])
  expect(from(2)).toEqual(['two', 'three'])
  expect(from(4)).toEqual([])
})
