/**
 * The yardstick: what an expert would write in an afternoon to take this traffic durably, and nothing else.
 * The same parse, validation, chart and durability as Callchart (a step of XState with one reused scope, a
 * journal row for every event, a snapshot every sixteenth, one fsynced commit for all that came together),
 * but no effects, timers, participants, redelivery, privacy, recovery, limits or errors.
 */
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setImmediate } from 'node:timers'
import Database from 'better-sqlite3'
import {
  type ActorScope,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
} from 'xstate'
import { benchChart } from '../chart.ts'
import { TENANT_ID } from '../traffic.ts'
import type { Contestant, ContestantOptions } from './contestant.ts'
import { createDoor, heardIn } from './wire.ts'

type Call = { readonly id: number; snapshot: AnyMachineSnapshot; sequence: number }

type Row = {
  readonly call: Call
  readonly sequence: number
  readonly event: string
  readonly snapshot: string | undefined
  readonly resolve: () => void
}

const SNAPSHOT_EVERY = 16

const chart: AnyStateMachine = benchChart
const inert = createActor(createMachine({}))
const scope: ActorScope<AnyMachineSnapshot, AnyEventObject> = {
  self: inert,
  id: 'call',
  sessionId: 'call',
  logger: () => {},
  defer: () => {},
  emit: () => {},
  stopChild: () => {},
  system: inert.system,
  actionExecutor: () => {},
}

export class BareLoop {
  readonly #database: Database.Database
  readonly #commit: (rows: readonly Row[]) => void
  readonly #calls = new Map<string, Call>()
  #staged: Row[] = []

  constructor(folder: string, callIds: readonly string[]) {
    this.#database = openDatabase(join(folder, 'bare.db'))
    this.#commit = prepareCommit(this.#database)
    const add = this.#database.prepare('INSERT INTO call (id, key, snapshot) VALUES (?, ?, ?)')
    this.#database.transaction(() => {
      for (const [id, key] of callIds.entries()) {
        const snapshot = established(key)
        add.run(id, key, textOf(snapshot))
        this.#calls.set(key, { id, snapshot, sequence: 0 })
      }
    })()
  }

  /** Lets a call hear a state; resolves once that is durable. */
  take(callId: string, state: string): Promise<void> {
    const call = this.#calls.get(callId)
    if (!call) throw new Error(`There is no call ${callId}.`)
    const event = { type: `callState.${state}` }
    call.snapshot = chart.transition(call.snapshot, event, scope)
    call.sequence += 1
    const snapshot = call.sequence % SNAPSHOT_EVERY === 0 ? textOf(call.snapshot) : undefined
    if (this.#staged.length === 0) setImmediate(() => this.#flush())
    return new Promise((resolve) => {
      const { sequence } = call
      this.#staged.push({ call, sequence, event: JSON.stringify(event), snapshot, resolve })
    })
  }

  /** Where a call's chart stands. */
  stateOf(callId: string): unknown {
    return this.#calls.get(callId)?.snapshot.value
  }

  close(): void {
    this.#database.close()
  }

  #flush(): void {
    const rows = this.#staged
    this.#staged = []
    this.#commit(rows)
    for (const { resolve } of rows) resolve()
  }
}

function openDatabase(path: string): Database.Database {
  const database = new Database(path)
  database.pragma('page_size = 8192')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('wal_autocheckpoint = 2000')
  database.exec(`
    CREATE TABLE call (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, snapshot TEXT NOT NULL);
    CREATE TABLE journal (
      call INTEGER NOT NULL, sequence INTEGER NOT NULL, at_ms REAL NOT NULL, event TEXT NOT NULL,
      UNIQUE (call, sequence)
    )`)
  return database
}

function prepareCommit(database: Database.Database): (rows: readonly Row[]) => void {
  const journal = database.prepare(
    'INSERT INTO journal (call, sequence, at_ms, event) VALUES (?, ?, ?, ?)',
  )
  const put = database.prepare('UPDATE call SET snapshot = ? WHERE id = ?')
  return database.transaction((rows: readonly Row[]) => {
    const atMs = Date.now()
    for (const { call, sequence, event, snapshot } of rows) {
      journal.run(call.id, sequence, atMs, event)
      if (snapshot !== undefined) put.run(snapshot, call.id)
    }
  }).immediate
}

function established(key: string): AnyMachineSnapshot {
  const call = { id: key, tenantId: TENANT_ID, state: 'incoming' }
  const first = chart.getInitialSnapshot(scope, { key, direction: 'incoming', call })
  return chart.transition(first, { type: 'callState.established' }, scope)
}

function textOf(snapshot: AnyMachineSnapshot): string {
  return JSON.stringify(chart.getPersistedSnapshot(snapshot))
}

/** The loop behind node:http. */
export async function openBareLoop(options: ContestantOptions): Promise<Contestant> {
  const { folder, callIds, login } = options
  const loop = new BareLoop(folder, callIds)
  const admit = login && createDoor(login)
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const { authorization = '' } = request.headers
      Promise.resolve(admit?.(authorization))
        .then(() => Promise.all(heardIn(text).map((told) => loop.take(told.callId, told.state))))
        .then(() => 202)
        .catch(() => 400)
        .then((status) => {
          response.statusCode = status
          response.end()
        })
    })
  })
  if (login) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : undefined,
    take: ({ notification: { callId, resources } }) =>
      loop.take(callId, String(resources[0]?.state)),
    close: async () => {
      server.closeAllConnections()
      server.close()
      loop.close()
    },
  }
}
