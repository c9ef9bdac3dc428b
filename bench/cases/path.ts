/** The whole way: from Graph telling of a ringing call to the request that answers it. */
import { type ServerType, serve } from '@hono/node-server'
import { createEmulator, tenantOf } from '../../src/emulator/index.ts'
import { startAlone } from '../contestants/openAlone.ts'
import { type Benchmark, quantile } from '../harness.ts'
import { APP_ID } from '../traffic.ts'

/** Rings before any is counted: the first fetch keys and tokens. */
const WARM_UP = 20
const TENANT = 'contoso.com'

export const path: Benchmark = {
  name: 'path',
  measures:
    'From the emulated Graph posting that a call rings to the request to answer it reaching Graph: real HTTP both ways, token check, turn and commit between; one call after the other.',
  run: async ({ short, progress }) => {
    const told = new Map<string, number>()
    const waiting = new Map<string, (ms: number) => void>()
    const emulator = createEmulator({
      fetch: (input, init) => {
        const [id] = typeof init?.body === 'string' ? callIdsIn(init.body) : []
        if (id !== undefined && !told.has(id)) told.set(id, performance.now())
        return fetch(input, init)
      },
    })
    const front = await listen((request) => {
      const [, id] = /\/calls\/([^/]+)\/answer$/.exec(request.url) ?? []
      if (id !== undefined) waiting.get(id)?.(performance.now() - (told.get(id) ?? Number.NaN))
      return emulator.fetch(request)
    })
    await using alone = await startAlone()
    const graph = {
      graphUrl: front.url,
      keysUrl: `${front.url}/v1/.well-known/OpenIdConfiguration`,
    }
    const tenantId = tenantOf(TENANT)
    const options = { folder: alone.folder, callIds: [], graph, tenantId }
    await alone.ask('open', options)
    const webhook = (await alone.ask('url', undefined)) ?? ''
    emulator.register({ id: APP_ID, secret: 'none', tenantId, webhook })
    progress('ringing')
    const samples: number[] = []
    for (let ring = 0; ring < WARM_UP + (short ? 60 : 300); ring++) {
      const call = emulator.ring({ from: `bob@${TENANT}` })
      const ms = await new Promise<number>((resolve) => waiting.set(call.id, resolve))
      if (ring >= WARM_UP) samples.push(ms)
      call.hangUp()
    }
    await alone.ask('close', undefined)
    await emulator.close()
    front.server.close()
    return {
      figures: [
        { name: 'p50', unit: 'ms', samples: [quantile(samples, 0.5)] },
        { name: 'p99', unit: 'ms', samples: [quantile(samples, 0.99)] },
      ],
    }
  },
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
