/**
 * What most would write first: Hono, a live XState actor for every call, and its persisted snapshot stored
 * after every event, each with a commit of its own.
 */
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import Database from 'better-sqlite3'
import { Hono } from 'hono'
import { type Actor, type AnyStateMachine, createActor } from 'xstate'
import { benchChart } from '../chart.ts'
import { TENANT_ID } from '../traffic.ts'
import type { Contestant, ContestantOptions } from './contestant.ts'
import { createDoor, heardIn } from './wire.ts'

const chart: AnyStateMachine = benchChart

export class Straightforward {
  readonly #database: Database.Database
  readonly #put: Database.Statement<[snapshot: string, key: string]>
  readonly #actors = new Map<string, Actor<AnyStateMachine>>()

  constructor(folder: string, callIds: readonly string[]) {
    const database = new Database(join(folder, 'straightforward.db'))
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.exec('CREATE TABLE call (key TEXT PRIMARY KEY, snapshot TEXT NOT NULL)')
    const add = database.prepare("INSERT INTO call (key, snapshot) VALUES (?, '')")
    database.transaction(() => {
      for (const key of callIds) add.run(key)
    })()
    this.#database = database
    this.#put = database.prepare('UPDATE call SET snapshot = ? WHERE key = ?')
    for (const key of callIds) {
      const call = { id: key, tenantId: TENANT_ID, state: 'incoming' }
      const actor = createActor(chart, { input: { key, direction: 'incoming', call } })
      actor.start()
      actor.send({ type: 'callState.established' })
      this.#actors.set(key, actor)
    }
  }

  take(callId: string, state: string): void {
    const actor = this.#actors.get(callId)
    if (!actor) throw new Error(`There is no call ${callId}.`)
    actor.send({ type: `callState.${state}` })
    this.#put.run(JSON.stringify(actor.getPersistedSnapshot()), callId)
  }

  /** Where a call's chart stands. */
  stateOf(callId: string): unknown {
    return this.#actors.get(callId)?.getSnapshot().value
  }

  close(): void {
    for (const actor of this.#actors.values()) actor.stop()
    this.#database.close()
  }
}

export async function openStraightforward(options: ContestantOptions): Promise<Contestant> {
  const { folder, callIds, login } = options
  const calls = new Straightforward(folder, callIds)
  const take: Contestant['take'] = async ({ notification: { callId, resources } }) =>
    calls.take(callId, String(resources[0]?.state))
  if (!login) return { url: undefined, take, close: async () => calls.close() }
  const admit = createDoor(login)
  const app = new Hono()
  app.post('/', async (context) => {
    await admit(context.req.header('authorization') ?? '')
    for (const { callId, state } of heardIn(await context.req.text())) calls.take(callId, state)
    return context.body(null, 202)
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(made))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    take,
    close: async () => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      server.close()
      calls.close()
    },
  }
}
