/** The engine in a process of its own, which can be killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CallchartError } from '../../errors.ts'

/** A `callchart serve` that listens. */
export type EngineProcess = {
  readonly pid: number
  /** How many stored calls it took up. */
  readonly takenUp: number
  /** Ends it with SIGKILL, at this instant; resolves when it is gone. */
  readonly kill: () => Promise<void>
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts `callchart serve`; resolves once it listens, rejects when it ends before. */
export async function startEngine(
  botPath: string,
  environment: Readonly<Record<string, string>>,
): Promise<EngineProcess> {
  const child = spawn(
    process.execPath,
    ['--conditions=callchart-source', main, 'serve', botPath, '--json', '--evidence', '3'],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const gone = once(child, 'exit')
  let takenUp = 0
  const listening = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const told: { kind?: unknown; calls?: unknown } = JSON.parse(line)
      if (told.kind === 'recovered') takenUp = Number(told.calls)
      if (told.kind === 'listening') resolve()
    })
  })
  await Promise.race([listening, gone.then(refuse)])
  return {
    pid: child.pid ?? 0,
    takenUp,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

function refuse(): never {
  throw new CallchartError({
    code: 'engine.ended',
    what: 'The engine ended before it listened.',
    fix: 'Its own words are above.',
  })
}
