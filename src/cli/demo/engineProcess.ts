/** The engine in a process of its own, which can be killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CallchartError } from '../../errors.ts'

/** An engine that starts, or listens. */
export type EngineProcess = {
  readonly pid: number
  /** How many stored calls it took up. */
  readonly takenUp: number
  /** Resolves once it listens, rejects when it ends before. */
  readonly listening: Promise<void>
  /** Resolves once it waits for the one before it to let go of the database. */
  readonly waiting: Promise<void>
  /** Ends it with SIGKILL, at this instant; resolves when it is gone. */
  readonly kill: () => Promise<void>
  /** Asks it to hand over, with SIGTERM; resolves to its exit code when it is gone. */
  readonly stop: () => Promise<number | null>
}

/** What is run as the engine: a file and its arguments. */
export type EngineCommand = readonly string[]

/** Starts an engine that is configured by these variables. */
export type StartsEngine = (environment: Readonly<Record<string, string>>) => EngineProcess

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** `callchart serve` for a bot, telling what happens as JSON lines. */
export function serving(botPath: string, ...options: readonly string[]): EngineCommand {
  return [main, 'serve', botPath, '--json', ...options]
}

/** Starts an engine. */
export function startEngine(
  command: EngineCommand,
  environment: Readonly<Record<string, string>>,
): EngineProcess {
  const child = spawn(process.execPath, ['--conditions=callchart-source', ...command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let takenUp = 0
  const saidSo = Promise.withResolvers<void>()
  const waiting = Promise.withResolvers<void>()
  createInterface(child.stdout).on('line', (line) => {
    const told: { kind?: unknown; calls?: unknown } = JSON.parse(line)
    if (told.kind === 'recovering') takenUp = Number(told.calls)
    if (told.kind === 'listening') saidSo.resolve()
    if (told.kind === 'waiting') waiting.resolve()
  })
  const listening = Promise.race([saidSo.promise, gone.then(refuse)])
  // Whoever kills it before it listens need not wait to hear so.
  listening.catch(() => {})
  return {
    pid: child.pid ?? 0,
    get takenUp() {
      return takenUp
    },
    listening,
    waiting: waiting.promise,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      child.kill('SIGTERM')
      await gone
      return child.exitCode
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
