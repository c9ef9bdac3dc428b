/** A bot to examine: an emulated Graph that knows it, a folder, a port, and servers that can be in the way. */
import { createServer, type RequestListener, request } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { examine } from '../../../src/cli/doctor/examine.ts'
import type { Finding } from '../../../src/cli/doctor/finding.ts'
import { emulatedBot, emulatedEnvironment } from '../../../src/cli/emulated.ts'
import { freePort } from '../../../src/cli/freePort.ts'
import { createEmulator } from '../../../src/emulator/index.ts'
import { temporaryFolder } from '../../snapshots/folder.ts'
import { frontDesk } from '../callchart.ts'
import type { Certificate } from './certificates.ts'

type Environment = Readonly<Record<string, string>>

/** The environment of a bot of which nothing is wrong. */
export async function healthy(roles?: readonly string[]): Promise<Environment> {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const webhook = `${publicUrl}/api/calls`
  const emulator = createEmulator({ apps: [{ ...emulatedBot, webhook, roles }] })
  onTestFinished(() => emulator.close())
  return {
    ...emulatedEnvironment({ emulatorUrl: await emulator.listen(), publicUrl }),
    PORT: String(port),
    CALLCHART_HOST: '127.0.0.1',
    CALLCHART_DATABASE: join(temporaryFolder(), 'calls.db'),
  }
}

/** Examines a bot, the front desk unless another is named. */
export async function examined(
  environment: Environment,
  bot: string | undefined = frontDesk,
  options: { readonly prompts?: string; readonly chart?: string } = {},
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for await (const finding of examine({ bot, options, environment })) findings.push(finding)
  return findings
}

/** What was found of one check, a line each: verdict, what, fix. */
export function told(findings: readonly Finding[], check: string): readonly string[] {
  return findings
    .filter((finding) => finding.check === check)
    .map(({ verdict, what, fix }) => `${verdict}: ${what}${fix === undefined ? '' : ` → ${fix}`}`)
}

/** A server of the listener, on a free port or the one given; gives its URL. */
export async function serving(listener: RequestListener, port = 0): Promise<string> {
  return `http://127.0.0.1:${await listening(createServer(listener), port)}`
}

/** A reverse proxy that ends TLS with a certificate and passes every path to a port; gives its URL. */
export async function proxying(to: string, certificate: Certificate): Promise<string> {
  const server = createSecureServer(certificate, passingTo(to))
  return `https://localhost:${await listening(server, 0)}`
}

/** Passes a request on, as a reverse proxy does. */
export function passingTo(port: string): RequestListener {
  return (incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.once('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  }
}

async function listening(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, () => resolve()))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function')
          server.closeAllConnections()
      }),
  )
  return (server.address() as AddressInfo).port
}
