/** A terminal with somebody at it: a command runs in a real pseudo-terminal, and keys are typed into it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Answers typed when what is shown ends with a question; control characters too. */
export type Answers = readonly (readonly [question: RegExp, keys: string])[]

/** Runs a command line; resolves to what the terminal showed, without colours, and the exit code. */
export async function atTerminal(
  command: string,
  answers: Answers,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly shown: string; readonly code: number | null }> {
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { ...env, TERM: 'dumb' },
  })
  let shown = ''
  let answered = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    const next = answers[answered]
    if (!next?.[0].test(shown)) return
    answered += 1
    child.stdin.write(next[1])
  })
  await once(child, 'close')
  return { shown: shown.replaceAll('\r', ''), code: child.exitCode }
}
