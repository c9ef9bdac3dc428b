/**
 * What one would take off the shelf: the same chart as a Restate virtual object, by Restate's own XState
 * package. Restate's server and packages are no dependency of this project: they are installed when this
 * contestant is first asked for, and kept beside the other caches.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { benchChart } from '../chart.ts'
import { keptPlace } from '../place.ts'
import { TENANT_ID } from '../traffic.ts'
import type { ContestantOptions, Listening } from './contestant.ts'

const PACKAGES = [
  '@restatedev/restate-server@1.7.12',
  '@restatedev/restate-sdk@1.17.2',
  '@restatedev/xstate@0.5.2',
]
const START_MS = 30_000
const AT_ONCE = 64

/** What is used of Restate's packages: their types are not there when this is compiled. */
type Sdk = { serve: (options: { services: unknown[]; port: number }) => Promise<number> }
type Xstate = { xstate: (path: string, chart: unknown) => unknown }

/** Restate's ingress; notifications go straight to it, past any token check, which favours Restate. */
export async function openRestate({ folder, callIds }: ContestantOptions): Promise<Listening> {
  const installed = await install()
  const require = createRequire(join(installed, 'package.json'))
  const { serve }: Sdk = require('@restatedev/restate-sdk')
  const { xstate }: Xstate = require('@restatedev/xstate')
  const [ingress = 0, admin = 0, node = 0, port = 0] = await freePorts(4)
  await serve({ services: [xstate('call', benchChart)], port })
  const server = startServer(installed, folder, { ingress, admin, node })
  const url = `http://127.0.0.1:${ingress}/call/`
  try {
    const adminUrl = `http://127.0.0.1:${admin}`
    await until(async () => (await fetch(`${adminUrl}/health`)).ok)
    await post(`${adminUrl}/deployments`, { uri: `http://127.0.0.1:${port}` })
    await until(async () => (await fetch(`http://127.0.0.1:${ingress}/restate/health`)).ok)
    await establish(url, callIds)
  } catch (error) {
    await stop(server)
    throw error
  }
  return { url, close: () => stop(server) }
}

async function install(): Promise<string> {
  const place = keptPlace(`restate-${PACKAGES.join('-').replace(/[^\w.]+/g, '-')}`)
  if (existsSync(join(place, 'installed'))) return place
  // Without its peers: the chart and Restate's package must share this project's XState.
  const flags = ['--prefix', place, '--legacy-peer-deps', '--no-audit', '--no-fund']
  await promisify(execFile)('npm', ['install', ...flags, ...PACKAGES])
  await promisify(execFile)('touch', [join(place, 'installed')])
  return place
}

function startServer(
  installed: string,
  folder: string,
  ports: { readonly ingress: number; readonly admin: number; readonly node: number },
): ChildProcess {
  const address = (port: number) => `127.0.0.1:${port}`
  // The binary itself: a wrapper that is killed would leave it running.
  const platform = `restate-server-${process.platform}-${process.arch}`
  const bin = join(installed, 'node_modules', '@restatedev', platform, 'bin', 'restate-server')
  const server = spawn(bin, ['--base-dir', join(folder, 'restate')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      RESTATE_BIND_ADDRESS: address(ports.node),
      RESTATE_ADVERTISED_ADDRESS: `http://${address(ports.node)}/`,
      RESTATE_INGRESS__BIND_ADDRESS: address(ports.ingress),
      RESTATE_ADMIN__BIND_ADDRESS: address(ports.admin),
      RESTATE_LOG_FILTER: 'error',
    },
  })
  process.once('exit', () => server.kill('SIGKILL'))
  return server
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGKILL')
  await ended
}

async function establish(url: string, callIds: readonly string[]): Promise<void> {
  const waiting = [...callIds]
  const one = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const call = { id, tenantId: TENANT_ID, state: 'incoming' }
      await post(`${url}${id}/create`, { input: { key: id, direction: 'incoming', call } })
      await post(`${url}${id}/send`, { event: { type: 'callState.established' } })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(START_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + START_MS
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`Restate did not start in ${START_MS} ms.`)
    await setTimeout(100)
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  })
  for (const server of servers) server.close()
  return ports
}
