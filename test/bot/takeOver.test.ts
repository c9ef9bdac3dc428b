/** What a process does that starts while another one holds its database. */
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { openSqliteStore } from '../../snapshots/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { type TakeOverOptions, takeOver } from '../../src/bot/takeOver.ts'
import { freePort } from '../../src/cli/freePort.ts'
import { SimulatedClock, SystemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { firstCommit } from '../snapshots/examples.ts'
import { temporaryFolder } from '../snapshots/folder.ts'

type Setting = {
  readonly url: string
  readonly path: string
  readonly options: TakeOverOptions
  /** Resolves to why it waits. */
  readonly waiting: Promise<string>
}

async function setting(more: Partial<TakeOverOptions> = {}): Promise<Setting> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'hello.wav'), 'RIFF')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const path = join(folder, 'calls.db')
  const config = readConfig({
    CALLCHART_PUBLIC_URL: url,
    CALLCHART_APP_ID: '5a5a0000-1111-4222-8333-444455556666',
    CALLCHART_TENANT_ID: '5a5a0000-1111-4222-8333-444455556667',
    CALLCHART_APP_SECRET: 'secret',
    CALLCHART_DATABASE: path,
    CALLCHART_HOST: '127.0.0.1',
    PORT: String(port),
  })
  const waiting = Promise.withResolvers<string>()
  const options = {
    config,
    clock: new SystemClock(),
    forMs: 20_000,
    canGoOn: async () => {},
    waiting: waiting.resolve,
    prompts: { all: folder, own: new Map() },
    ...more,
  }
  return { url, path, options, waiting: waiting.promise }
}

/** Asks until somebody listens there. */
async function ask(url: string, method = 'GET'): Promise<Response> {
  return fetch(url, { method }).catch(() => ask(url, method))
}

test('a database that nobody holds is opened at once, and its port left alone', async () => {
  const { options } = await setting()
  const { store, door } = await takeOver(options)
  expect(door).toBeUndefined()
  await store.close()
})

test('while it waits, notifications are to be sent again, prompts are there, and it is not ready', async () => {
  const { url, path, options, waiting } = await setting()
  const held = openSqliteStore(path)
  const taking = takeOver(options)
  expect(await waiting).toContain(`is in use by process ${process.pid}`)
  const posted = await ask(`${url}/api/calls`, 'POST')
  expect([posted.status, posted.headers.get('Retry-After')]).toEqual([503, '1'])
  expect((await ask(`${url}/prompts/hello.wav`)).status).toBe(200)
  expect((await ask(`${url}/healthz`)).status).toBe(200)
  const health = await ask(`${url}/readyz`)
  expect([health.status, await health.json()]).toEqual([
    503,
    { ready: false, reason: `The database ${path} is in use by process ${process.pid}.` },
  ])
  await held.close()
  const { store, door } = await taking
  expect(await store.counts()).toEqual({ live: 0, ended: 0 })
  await door?.close()
  await store.close()
})

test('what cannot go on with the stored calls says so at once, and waits for nothing', async () => {
  const foreign = new Error('Its calls stand on another chart.')
  const { url, path, options } = await setting({
    canGoOn: async (stored) => {
      const [use] = await stored.chartUses()
      if (use) throw foreign
    },
  })
  const held = openSqliteStore(path)
  await held.commit([firstCommit('a')])
  await expect(takeOver(options)).rejects.toBe(foreign)
  await expect(fetch(url)).rejects.toThrow()
  expect((await held.load('a'))?.sequence).toBe(1)
  await held.close()
})

test('when the time is up it says who holds the database, and lets go of the port', async () => {
  const { url, path, options } = await setting({ forMs: 50 })
  const held = openSqliteStore(path)
  await expect(takeOver(options)).rejects.toMatchObject({ code: 'store.locked' })
  await expect(fetch(url)).rejects.toThrow()
  await held.close()
})

test('whenever it fails while the database becomes free, the database is free afterwards', async () => {
  for (let later = 0; later < 16; later++) {
    const clock = new SimulatedClock()
    const { path, options } = await setting({ clock })
    const held = openSqliteStore(path)
    const freed = async () => {
      await held.close()
      for (let tick = 0; tick < later; tick++) await undefined
      clock.moveTo(clock.now() + 20)
    }
    const config = {
      ...options.config,
      get port(): number {
        void freed()
        throw new Error('The port cannot be asked for.')
      },
    }
    const taken = await takeOver({ ...options, config }).catch(() => {})
    await taken?.store.close()
    await openSqliteStore(path, { lockPatienceMs: 0 }).close()
  }
})

test('a bot that is given a store has nothing to take over, and says so', async () => {
  const { path, options } = await setting()
  const store = openSqliteStore(path)
  const given = { chart: frontDesk, config: options.config, store, takeOver: { forMs: 1_000 } }
  await expect(createBot(given)).rejects.toMatchObject({ code: 'takeOver.store' })
  await store.close()
})

test('a bot in a server of its author leaves the port alone while it waits', async () => {
  const { url, path, options, waiting } = await setting({ atPort: false })
  const held = openSqliteStore(path)
  const taking = takeOver(options)
  await waiting
  const server = createServer((_, answer) => answer.end('the author')).listen(new URL(url).port)
  await once(server, 'listening')
  await held.close()
  const { store, door } = await taking
  expect(door).toBeUndefined()
  expect(await (await fetch(url)).text()).toBe('the author')
  await store.close()
  server.close()
})

test('a bot that is started without listening lets go of the port that it waited at', async () => {
  const { url, path, options, waiting } = await setting()
  const held = openSqliteStore(path)
  const { config } = options
  const made = createBot({ chart: frontDesk, config, takeOver: options })
  await waiting
  expect((await ask(`${url}/api/calls`, 'POST')).status).toBe(503)
  await held.close()
  const bot = await made
  await bot.start()
  await expect(fetch(url)).rejects.toThrow()
  await bot.close()
})
