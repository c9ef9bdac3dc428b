/**
 * Who answers at the bot's port while the doctor looks: the running bot, or a stand-in for one that does
 * not run. The stand-in is the bot's own web server with nobody behind it: posts are to be sent again.
 */
import { createServer } from 'node:http'
import type { Config } from '../../config.ts'
import { type PromptFolders, unattended } from '../../webhook/index.ts'
import { ask, objectIn } from './ask.ts'
import { type Finding, ok, reasonOf, wrong } from './finding.ts'

export type StandIn = {
  readonly finding: Finding
  /** What `/readyz` gives as the reason, where the stand-in answers: proof that it was reached. */
  readonly mark: string | undefined
  readonly close: () => Promise<void>
}

/** Takes the bot's port, or finds out who has it. */
export async function standIn(
  config: Config,
  prompts: PromptFolders | undefined,
): Promise<StandIn> {
  const mark = `The doctor is in: ${crypto.randomUUID()}`
  const server = createServer(
    unattended({
      basePath: new URL(config.publicUrl).pathname,
      health: () => ({ ready: false, reason: mark }),
      prompts,
    }),
  )
  const port = String(config.port)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(config.port, config.host, resolve)
    })
  } catch (error) {
    return { finding: await takenPort(config, error), mark: undefined, close: async () => {} }
  }
  return {
    finding: ok('port', `${port} is free for the bot; the doctor answers there meanwhile.`),
    mark,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function takenPort({ port, host, publicUrl }: Config, error: unknown): Promise<Finding> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    const local = `http://${host ?? '127.0.0.1'}:${port}${new URL(publicUrl).pathname.replace(/\/$/, '')}`
    const health = await ask(`${local}/healthz`).then(objectIn, () => undefined)
    if (health?.alive === true) return ok('port', `${port} is listened on by the running bot.`)
    return wrong(
      'port',
      `${port} is taken by another program.`,
      'Set PORT to a free port, or stop what holds it.',
    )
  }
  return wrong(
    'port',
    `${port} cannot be listened on (${reasonOf(error)}).`,
    'Set PORT and CALLCHART_HOST to what this process may listen on.',
  )
}
