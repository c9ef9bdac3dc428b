/** Twice as many notifications as can be taken: the excess is told to come again, and nothing taken is lost. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../snapshots/folder.ts'
import { APP, claimsAt, keyServer, sign, TENANT } from '../webhook/graph.ts'
import { Flood, type News, type Tally } from './flood.ts'
import type { Said } from './floodedEngine.ts'

const CALLS = 256

/** As many as it takes to keep the engine busy: more do not raise what it takes by much. */
const CONNECTIONS = 24

/**
 * Far below the default, which a flood of seconds would hardly reach. It is more than the measured run can
 * have under way, four notifications a connection, so that there none is refused.
 */
const INTAKE_LIMIT = 128

/**
 * Under way are at most 128 posts of 1 KB, and of those 131 notifications as objects: 1 MB. A heap of this
 * size holds that, 256 calls and the code; an engine that kept the excess would run out of it and die.
 */
const HEAP_MIB = 128

/** Beside the heap: sockets, SQLite's pages, garbage. It is counted from the most the measured run took. */
const MOST_GROWTH_BYTES = 192 * 1024 * 1024

test('at twice the capacity the excess is answered 503 with Retry-After, memory is bounded, all that is taken is processed, and then all is well again', async () => {
  await using keys = await keyServer()
  keys.publish('graph')
  const path = join(temporaryFolder(), 'calls.db')
  await using engine = await startEngine(path, keys.keysUrl)
  using flood = new Flood(engine.url, await sign('graph', claimsAt(Date.now())), CALLS)
  await flood.connect()

  await flood.asTaken(CONNECTIONS, 1_000)
  const measured = await flood.asTaken(CONNECTIONS, 2_000)
  expect([...measured.statuses.keys()]).toEqual([202])
  const capacity = measured.taken.length / 2
  const before = await engine.peakBytes()

  const flooded = await flood.exceeding(capacity, 4_000)
  expect([...flooded.statuses.keys()].sort()).toEqual([202, 503])
  expect(flooded.hasNoRetryAfter).toBe(0)
  expect((await engine.peakBytes()) - before).toBeLessThan(MOST_GROWTH_BYTES)

  const next = await flood.once()
  expect([...next.statuses]).toEqual([[202, 1]])
  const calm = await flood.asTaken(CONNECTIONS, 500)
  expect([...calm.statuses.keys()]).toEqual([202])

  await engine.kill()
  const journalled = newsIn(path)
  const lost = [measured, flooded, next, calm].flatMap(({ taken }: Tally) =>
    taken.filter((news) => !journalled.has(textOf(news))),
  )
  expect(lost).toEqual([])
})

async function startEngine(path: string, keysUrl: string) {
  const child = fork(join(import.meta.dirname, 'floodedEngine.ts'), [String(INTAKE_LIMIT)], {
    execArgv: ['--conditions=callchart-source', `--max-old-space-size=${HEAP_MIB}`],
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      CALLCHART_HOST: '127.0.0.1',
      CALLCHART_PUBLIC_URL: 'http://127.0.0.1:0',
      CALLCHART_DATABASE: path,
      CALLCHART_APP_ID: APP,
      CALLCHART_APP_SECRET: 'none',
      CALLCHART_TENANT_ID: TENANT,
      CALLCHART_GRAPH_URL: 'http://127.0.0.1:9',
      CALLCHART_LOGIN_URL: 'http://127.0.0.1:9',
      CALLCHART_KEYS_URL: keysUrl,
    },
  })
  const gone = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await gone
  }
  const said = await next(child)
  if (!('url' in said)) throw new Error('It speaks of memory before it listens.')
  return {
    url: said.url,
    peakBytes: async () => {
      child.send('peak')
      const told = await next(child)
      return 'peakBytes' in told ? told.peakBytes : 0
    },
    kill,
    [Symbol.asyncDispose]: kill,
  }
}

async function next(child: ChildProcess): Promise<Said> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The engine ended.')
  })
  const [said] = await Promise.race([once(child, 'message'), ended])
  return said
}

/** Every news that turned a call, as the journal holds it. */
function newsIn(path: string): ReadonlySet<string> {
  const database = new Database(path, { readonly: true })
  const rows = database
    .prepare<[], { graphId: string; event: string }>(
      'SELECT graph_id AS graphId, event FROM journal JOIN call ON call.id = journal.call',
    )
    .all()
  database.close()
  return new Set(
    rows.flatMap(({ graphId, event }) => {
      const subject = /"subject":"(news \d+)"/.exec(event)?.[1]
      return subject ? [textOf({ callId: graphId, subject })] : []
    }),
  )
}

function textOf({ callId, subject }: News): string {
  return `${callId} ${subject}`
}
