/** The `callchart` command as a process, for tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type EngineCommand, serving } from '../../src/cli/demo/engineProcess.ts'

const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export const frontDesk = fileURLToPath(
  new URL('../../examples/front-desk/chart.ts', import.meta.url),
)

/** The front desk with deadlines that no slow machine reaches. */
export const patientDesk = fileURLToPath(new URL('../kill/chart.ts', import.meta.url))

/** A process that serves it. */
export function servingPatiently(...options: readonly string[]): EngineCommand {
  const prompts = fileURLToPath(new URL('../../examples/front-desk/prompts', import.meta.url))
  return serving(patientDesk, '--prompts', prompts, '--evidence-seconds', '3', ...options)
}

export function bot(name: string): string {
  return fileURLToPath(new URL(`bots/${name}`, import.meta.url))
}

export type Settings = {
  readonly environment?: Readonly<Record<string, string>>
  /** Options of Node itself. */
  readonly node?: readonly string[]
  /** A program that runs Node, with its options. */
  readonly through?: readonly string[]
  /** What runs, where it is not the command itself. */
  readonly main?: string
}

/** A command that runs; what it has said so far can be waited for. */
export class Running {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #watchers = new Set<() => void>()
  stdout = ''
  stderr = ''

  constructor(args: readonly string[], settings: Settings) {
    const { environment = {}, node = [], through = [], main = command } = settings
    const whole = [process.execPath, ...node, '--conditions=callchart-source', main, ...args]
    const [program = process.execPath, ...rest] = [...through, ...whole]
    this.#child = spawn(program, rest, {
      env: { PATH: process.env.PATH, NO_COLOR: '1', ...environment },
    })
    this.#ended = once(this.#child, 'close')
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
      for (const watch of this.#watchers) watch()
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
  }

  /** Resolves to what the pattern catches once the command has said it; rejects when it ends before. */
  said(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = () => {
        const match = pattern.exec(this.stdout)
        if (!match) return
        this.#watchers.delete(look)
        resolve(match[1] ?? match[0])
      }
      this.#watchers.add(look)
      look()
    })
    const ended = this.#ended.then(() => {
      throw new Error(`It ended without ${pattern}:\n${this.stdout}\n${this.stderr}`)
    })
    return Promise.race([found, ended])
  }

  /** Ends it and resolves to its exit code, `null` when the signal ended it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode === null) this.#child.kill(signal)
    await this.#ended
    return this.#child.exitCode
  }

  /** Resolves to its exit code once it has ended by itself. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL')
  }
}

/** Starts a command that stays. */
export function start(args: readonly string[], settings: Settings = {}): Running {
  return new Running(args, settings)
}

/** Runs a command to its end. */
export async function callchart(args: readonly string[], settings: Settings = {}) {
  const running = new Running(args, settings)
  const code = await running.ended()
  return { code, stdout: running.stdout, stderr: running.stderr }
}
