/** What is acknowledged when commits fail, and what one call that cannot be stored does to the others. */
import { setImmediate } from 'node:timers/promises'
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { assign } from 'xstate'
import { openSqliteStore, type Store } from '../../snapshots/index.ts'
import { SimulatedClock } from '../../src/clock.ts'
import { Engine } from '../../src/engine/index.ts'
import type { Delivery, Verdict } from '../../src/engine/intake.ts'
import { seededRandom } from '../../src/random.ts'
import type { EngineRecord } from '../../src/telemetry/index.ts'
import { Observers } from '../../src/telemetry/observers.ts'

const setup = callSetup.extend({
  types: {} as { bot: { until?: unknown } },
  actions: { keepDate: assign({ bot: { until: new Date(0) } }) },
})
const scenario = setup.createStateConfig({
  initial: 'listening',
  on: { 'engine.error': '.warned' },
  states: {
    listening: { on: { 'call.held': { actions: 'keepDate' }, 'call.transferring': 'asking' } },
    asking: {
      // As JavaScript might.
      entry: { type: 'playPrompt', params: () => ({ prompt: 1n as never }) },
    },
    warned: {},
  },
})
const chart = setup.createMachine(callChart({ id: 'forgetful', version: '1', scenario }))

/** An engine on a store in memory whose commits can be held back and made to fail. */
class Place {
  readonly records: EngineRecord[] = []
  readonly store = openSqliteStore(':memory:')
  readonly engine: Engine
  commit: Store['commit'] = (batch) => this.store.commit(batch)

  private constructor() {
    const observers = new Observers()
    observers.add((record) => this.records.push(record))
    this.engine = new Engine({
      bot: { chart },
      store: new Proxy(this.store, {
        get: (store, name) => {
          if (name === 'commit')
            return (batch: Parameters<Store['commit']>[0]) => this.commit(batch)
          const member: unknown = Reflect.get(store, name)
          return typeof member === 'function' ? member.bind(store) : member
        },
      }),
      clock: new SimulatedClock(),
      random: seededRandom(1),
      observers,
    })
  }

  static async open(): Promise<Place> {
    const place = new Place()
    await place.engine.start({ owe() {}, addressed() {}, closed() {}, ended() {} })
    return place
  }

  /** What Graph says of calls, in one body. */
  tell(
    ...told: readonly (readonly [callId: string, state: string])[]
  ): Promise<readonly Verdict[]> {
    return this.engine.intake(
      told.map(([callId, state]): Delivery => {
        const changeType = state === 'incoming' ? 'created' : 'updated'
        const resourceUrl = `/communications/calls/${callId}`
        const notification = { changeType, resourceUrl, callId, subject: 'call' as const }
        return {
          tenantId: 't',
          appId: 'a',
          atMs: 0,
          notification: { ...notification, resources: [{ state }] },
        }
      }),
    )
  }

  quarantined(): readonly string[] {
    return this.records.flatMap((record) => (record.kind === 'quarantined' ? [record.reason] : []))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.stop()
    await this.store.close()
  }
}

const accepted = { kind: 'accepted' }

test('what is told again while its commit is under way is not acknowledged if that commit fails', async () => {
  await using place = await Place.open()
  await place.tell(['one', 'incoming'])
  const disk = Promise.withResolvers<void>()
  place.commit = () => disk.promise
  const first = place.tell(['one', 'established'])
  await setImmediate()
  await setImmediate()
  const again = place.tell(['one', 'established'])
  await setImmediate()
  disk.reject(new Error('disk full'))
  expect(await first).toMatchObject([{ kind: 'unavailable' }])
  expect(await again).toMatchObject([{ kind: 'unavailable' }])
  place.commit = (batch) => place.store.commit(batch)
  expect(await place.tell(['one', 'established'])).toEqual([accepted])
})

test('what a chart keeps that text cannot hold is quarantined with the event, and the call goes on', async () => {
  await using place = await Place.open()
  await place.tell(['one', 'incoming'], ['one', 'established'])
  expect(await place.tell(['one', 'hold'])).toEqual([accepted])
  expect(place.quarantined()).toEqual([expect.stringContaining('a Date in context.bot.until')])
  expect(place.engine.statesOf('one')).toContain('scenario.warned')
  await place.tell(['one', 'terminating'])
  expect(place.engine.statesOf('one')).toContain('signalling.terminating')
})

test('an effect whose parameters text cannot hold is not asked, and the call is as it was', async () => {
  await using place = await Place.open()
  await place.tell(['one', 'incoming'], ['one', 'established'])
  await place.tell(['one', 'transferring'])
  expect(place.quarantined()).toEqual([expect.stringContaining('BigInt')])
  expect(place.engine.statesOf('one')).toContain('scenario.warned')
  expect(place.engine.statesOf('one')).toContain('signalling.established')
})

test('a call that cannot be written down keeps no other from being so', async () => {
  await using place = await Place.open()
  await place.tell(['one', 'incoming'])
  const placed = place.engine.call({ targets: 'bob@contoso.com', since: new Date(0) as never })
  const told = place.tell(['one', 'established'])
  await expect(placed).rejects.toThrow('a Date in context.request.since')
  expect(await told).toEqual([accepted])
  expect(await place.tell(['one', 'established'])).toEqual([accepted])
})
