/** The whole way: from Graph telling of a ringing call to the request that answers it. */
import { type ServerType, serve } from '@hono/node-server'
import { createEmulator, tenantOf } from '../../src/emulator/index.ts'
import { startAlone } from '../contestants/openAlone.ts'
import { momentMs, type Passed, stations } from '../contestants/stations.ts'
import { type Benchmark, type Figure, quantile } from '../harness.ts'
import { APP_ID } from '../traffic.ts'

/** Rings before any is counted: the first fetch keys and tokens, the others let V8 compile what they run. */
const WARM_UP = 300
const TENANT = 'contoso.com'

/** One ring: when Graph told of it, and when Graph was asked to answer it. */
type Ring = { readonly toldMs: number; readonly askedMs: number }

export const path: Benchmark = {
  name: 'path',
  measures:
    'From the emulated Graph posting that a call rings to the request to answer it reaching Graph: real HTTP both ways, token check, turn and commit between; one call after the other, each over before the next rings. Then, in rings of their own, the legs of that way.',
  run: async ({ short, progress }) => {
    await using graph = await openGraph()
    await using alone = await startAlone()
    const tenantId = tenantOf(TENANT)
    await alone.ask('open', { folder: alone.folder, callIds: [], graph: graph.urls, tenantId })
    const webhook = (await alone.ask('url', undefined)) ?? ''
    graph.emulator.register({ id: APP_ID, secret: 'none', tenantId, webhook })
    progress('warming up')
    for (let ring = 0; ring < WARM_UP; ring++) await graph.ring()
    progress('ringing')
    const samples: number[] = []
    while (samples.length < (short ? 60 : 300)) samples.push(tookMs(await graph.ring()))
    progress('ringing, with somebody at each station')
    await alone.ask('watchStations', undefined)
    const legs: (readonly number[])[] = []
    while (legs.length < (short ? 60 : 300)) {
      await alone.ask('passed', undefined)
      const ring = await graph.ring()
      legs.push(legsOf(ring, await alone.ask('passed', undefined)))
    }
    await alone.ask('close', undefined)
    return {
      figures: [
        { name: 'p50', unit: 'ms', samples: [quantile(samples, 0.5)] },
        { name: 'p99', unit: 'ms', samples: [quantile(samples, 0.99)] },
        ...LEGS.map((name, leg): Figure => {
          const took = legs.map((each) => each[leg] ?? Number.NaN)
          return { name: `leg: ${name}`, unit: 'ms', samples: [quantile(took, 0.5)] }
        }),
      ],
    }
  },
}

/** What lies between Graph's telling, the stations, and Graph's being asked. */
const LEGS = [
  'Graph to our door',
  'token, body, mailbox',
  'the first turn',
  'durable',
  'request made and sent',
  'to Graph',
]

function tookMs({ toldMs, askedMs }: Ring): number {
  return askedMs - toldMs
}

function legsOf({ toldMs, askedMs }: Ring, passed: Passed): readonly number[] {
  const moments = [toldMs, ...stations.map((station) => passed[station] ?? Number.NaN), askedMs]
  return moments.slice(1).map((moment, index) => moment - (moments[index] ?? Number.NaN))
}

/** A Graph that a bot can reach, and that notes when it tells and when it is asked. */
async function openGraph() {
  const toldMs = new Map<string, number>()
  const waiting = new Map<string, (askedMs: number) => void>()
  const emulator = createEmulator({
    fetch: (input, init) => {
      const [id] = typeof init?.body === 'string' ? callIdsIn(init.body) : []
      if (id !== undefined && !toldMs.has(id)) toldMs.set(id, momentMs())
      return fetch(input, init)
    },
  })
  const { server, url } = await listen((request) => {
    const [, id] = /\/calls\/([^/]+)\/answer$/.exec(request.url) ?? []
    if (id !== undefined) waiting.get(id)?.(momentMs())
    return emulator.fetch(request)
  })
  return {
    emulator,
    urls: { graphUrl: url, keysUrl: `${url}/v1/.well-known/OpenIdConfiguration` },
    /** Rings, and hangs up; resolves once nothing is owed of the call any more. */
    ring: async (): Promise<Ring> => {
      const call = emulator.ring({ from: `bob@${TENANT}` })
      const askedMs = await new Promise<number>((resolve) => waiting.set(call.id, resolve))
      await emulator.idle()
      call.hangUp()
      await emulator.idle()
      return { toldMs: toldMs.get(call.id) ?? Number.NaN, askedMs }
    },
    [Symbol.asyncDispose]: async () => {
      await emulator.close()
      server.close()
    },
  }
}

function callIdsIn(body: string): readonly string[] {
  return [...body.matchAll(/"resourceUrl":"\/communications\/calls\/([^/"]+)"/g)].map(
    ([, id = '']) => id,
  )
}

async function listen(answer: (request: Request) => Response | Promise<Response>) {
  const server = await new Promise<ServerType>((resolve) => {
    const made = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, () => resolve(made))
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { server, url: `http://127.0.0.1:${port}` }
}
