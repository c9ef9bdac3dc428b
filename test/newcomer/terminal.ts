/** A terminal with somebody at it: a command runs in a real pseudo-terminal; keys are typed, and Ctrl-C is one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export class Terminal {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #watchers = new Set<() => void>()
  /** Everything shown so far. */
  shown = ''

  constructor(
    command: string,
    { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ) {
    // Without exec it might be a shell that hears the keys, and answers Ctrl-C for the command.
    const args = ['--quiet', '--return', '--command', `exec ${command}`, '/dev/null']
    this.#child = spawn('script', args, { cwd, env: { ...env, TERM: 'dumb' } })
    this.#ended = once(this.#child, 'close')
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text.replaceAll('\r', '')
      for (const watch of this.#watchers) watch()
    })
  }

  /** Resolves to what the pattern catches once it has been shown; rejects when the command ends before. */
  said(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = () => {
        const match = pattern.exec(this.shown)
        if (!match) return
        this.#watchers.delete(look)
        resolve(match[1] ?? match[0])
      }
      this.#watchers.add(look)
      look()
    })
    const ended = this.#ended.then(() => {
      throw new Error(`It ended without ${pattern}:\n${this.shown}`)
    })
    return Promise.race([found, ended])
  }

  /** Types keys; control characters too. */
  type(keys: string): void {
    this.#child.stdin?.write(keys)
  }

  /** Presses Ctrl-C; resolves to the exit code. */
  interrupt(): Promise<number | null> {
    this.type('\u0003')
    return this.ended()
  }

  /** Resolves to the exit code once it has ended by itself. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL')
    await this.#ended
  }
}
