/** A whole bot behind its door, in one process: only the network is ours, and it remembers what passed. */
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { JWTPayload } from 'jose'
import type { AnyStateMachine } from 'xstate'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { openImageStore } from '../../snapshots/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { SimulatedClock } from '../../src/clock.ts'
import { createEmulator, KeyRing, tenantOf } from '../../src/emulator/index.ts'
import { seededRandom } from '../../src/random.ts'
import type { EngineRecord } from '../../src/telemetry/index.ts'

export const APP = '0f1c2d3e-0000-4000-8000-00000000b071'
export const SECRET = 'the-secret-of-this-bot'
/** Of the bot and of who rings. */
export const TENANT = tenantOf('fabrikam.com')
export const OTHER_TENANT = tenantOf('northwind.example')

const BOT = 'https://bot.example'
export const GRAPH = 'https://graph.microsoft.com'
const LOGIN = 'https://login.microsoftonline.com'
const OPEN_ID = 'https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration'

/** Making a key takes longer than most inputs; one serves them all. */
export const keys = new KeyRing()

const promptsFolder = fileURLToPath(new URL('../../examples/front-desk/prompts', import.meta.url))

/** A request to the bot; what is left out is as Graph would send it. */
export type Sent = {
  readonly path?: string
  readonly method?: string
  /** The bearer token; null for none. */
  readonly token?: string | null
  readonly type?: string
}

/** What went over the network, one way or the other. */
export type Passed = { readonly url: string; readonly authorization: string }

export type Door = Awaited<ReturnType<typeof openDoor>>

export type DoorOptions = {
  /** The front desk's when absent. */
  readonly chart?: AnyStateMachine
  /** Answers a request in Graph's stead. */
  readonly instead?: (request: Request) => Response | undefined
}

/** Opens a bot in an emulated Graph. */
export async function openDoor({ chart = frontDesk, instead }: DoorOptions = {}) {
  const clock = new SimulatedClock()
  const store = openImageStore(undefined)
  const records: EngineRecord[] = []
  /** What the bot asked of the world, and what the world told the bot. */
  const asked: Passed[] = []
  const told: Passed[] = []

  const emulator = createEmulator({
    clock,
    keys,
    random: seededRandom(2),
    switches: { prompts: 'manual' },
    fetch: async (input, init) => bot.app.fetch(noted(told, new Request(input, init))),
  })
  emulator.register({ id: APP, secret: SECRET, tenantId: TENANT, webhook: `${BOT}/api/calls` })
  const bot = await createBot({
    chart,
    config: {
      port: 443,
      publicUrl: BOT,
      databasePath: ':memory:',
      appId: APP,
      credential: { secret: SECRET },
      tenantId: TENANT,
      graphUrl: GRAPH,
      loginUrl: LOGIN,
      keysUrl: OPEN_ID,
      issuers: [GRAPH],
    },
    store,
    clock,
    random: seededRandom(1),
    fetch: async (input, init) => {
      const request = noted(asked, new Request(input, init))
      return instead?.(request) ?? emulator.fetch(request)
    },
    observe: (record) => records.push(record),
    promptsFolder,
  })
  await bot.start()

  async function settle(): Promise<void> {
    do {
      await emulator.idle()
      await setImmediate()
    } while (bot.busy())
  }

  /** What Graph's tokens say, for an hour from now. */
  function claimsOf(tenantId = TENANT): JWTPayload {
    const now = Math.floor(clock.now() / 1_000)
    return { iss: GRAPH, aud: APP, tid: tenantId, nbf: now, exp: now + 3_600 }
  }

  const tokens = new Map<string, Promise<string>>()
  /** A token as Graph signs it. */
  function tokenOf(tenantId: string): Promise<string> {
    const token = tokens.get(tenantId) ?? keys.sign(claimsOf(tenantId))
    tokens.set(tenantId, token)
    return token
  }

  return {
    bot,
    clock,
    emulator,
    records,
    asked,
    told,
    store,
    settle,
    claimsOf,
    tokenOf,
    /** Everything stored, byte for byte. */
    image: () => store.image(),
    /** A call that is established, its first prompt playing. */
    ring: async (from = 'bob@fabrikam.com') => {
      const call = emulator.ring({ from })
      await settle()
      return call
    },
    /** Sends a body and waits until all it caused has come to rest. */
    post: async (body: string | Uint8Array<ArrayBuffer>, sent: Sent = {}): Promise<Response> => {
      const { path = '/api/calls', method = 'POST', type = 'application/json' } = sent
      const token = sent.token === undefined ? await tokenOf(TENANT) : sent.token
      const response = await bot.app.request(path, {
        method,
        headers: {
          'Content-Type': type,
          ...(token !== null && { Authorization: `Bearer ${token}` }),
        },
        ...(method !== 'GET' && method !== 'HEAD' && { body }),
      })
      await settle()
      return response
    },
    [Symbol.asyncDispose]: async () => {
      await bot.close()
      await emulator.close()
    },
  }
}

function noted(passed: Passed[], request: Request): Request {
  passed.push({ url: request.url, authorization: request.headers.get('authorization') ?? '' })
  return request
}
