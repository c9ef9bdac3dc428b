/**
 * A process of its own for whoever is measured: no alternative warms the compiler, fills the heap or holds
 * the event loop for another.
 */
import { fork } from 'node:child_process'

/** Whoever has not answered by then never will. */
const PATIENCE_MS = 180_000

/** What a process can be asked to do; questions and answers are cloned on their way. */
export type Asks = { readonly [name: string]: (question: never) => unknown }

export type Remote<Contract extends Asks> = {
  readonly ask: <Name extends keyof Contract & string>(
    name: Name,
    question: Parameters<Contract[Name]>[0],
  ) => Promise<Awaited<ReturnType<Contract[Name]>>>
  readonly end: () => Promise<void>
}

type Question = { readonly id: number; readonly name: string; readonly question: unknown }
type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string })
type Waiting = {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Starts `file`, which calls `answer` with the same contract. */
export function start<Contract extends Asks>(
  file: URL,
  nodeOptions: readonly string[] = [],
): Remote<Contract> {
  const child = fork(file, {
    serialization: 'advanced',
    execArgv: ['--conditions=callchart-source', ...nodeOptions],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', (message) => settle(waiting, message as Answer))
  void exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${file.pathname} ended.`))
  })
  return {
    ask: (name, question) =>
      new Promise((resolve, reject) => {
        const id = asked++
        // Its own contract: the file on the other side is typed by the same one.
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
        child.send({ id, name, question } satisfies Question)
        setTimeout(() => {
          waiting.delete(id)
          reject(new Error(`'${name}' took longer than ${PATIENCE_MS / 1_000} s.`))
        }, PATIENCE_MS).unref()
      }),
    end: () => {
      if (child.connected) child.disconnect()
      // One that is too busy to notice must not outlive the run.
      setTimeout(() => child.kill('SIGKILL'), 2_000).unref()
      return exited
    },
  }
}

function settle(waiting: Map<number, Waiting>, answer: Answer): void {
  const who = waiting.get(answer.id)
  waiting.delete(answer.id)
  if ('error' in answer) who?.reject(new Error(answer.error))
  else who?.resolve(answer.value)
}

/** Answers what the starting process asks, one question after the other, until it lets go. */
export function answer<Contract extends Asks>(contract: Contract): void {
  let before: Promise<void> = Promise.resolve()
  process.on('message', (message) => {
    before = before.then(() => reply(contract, message as Question))
  })
  process.once('disconnect', () => process.exit())
}

async function reply(contract: Asks, { id, name, question }: Question): Promise<void> {
  try {
    const value = await contract[name]?.(question as never)
    process.send?.({ id, value } satisfies Answer)
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.send?.({ id, error: told } satisfies Answer)
  }
}
