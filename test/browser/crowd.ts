/** A process of its own: a bot with a crowd of calls, told of them as fast as it is asked to be, until it is ended. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEngine } from '../../bench/contestants/engine.ts'
import { openLoad } from '../../bench/load/open.ts'
import { createLogin } from '../../bench/login.ts'
import { callIdsOf } from '../../bench/traffic.ts'

const [calls = '', perSecond = '', adminToken = ''] = process.argv.slice(2)
const CONNECTIONS = 16
const SLICE_MS = 1_000

const login = await createLogin()
const callIds = callIdsOf(Number(calls))
const folder = mkdtempSync(join(tmpdir(), 'callchart-crowd-'))
const engine = await openEngine({ folder, callIds, login, adminToken })
const url = engine.url ?? ''
await using load = openLoad()
const target = { url, token: login.token, dialect: 'graph', callIds } as const
const crowd = await load.connect(target, CONNECTIONS)
console.log(`console ${new URL('/console', url)}#token=${adminToken}`)
for (;;) await load.ask('pace', { load: crowd, perSecond: Number(perSecond), durationMs: SLICE_MS })
