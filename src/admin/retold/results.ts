/** What promise logic came out with in a call: a test gives the same, and neither runs it nor needs what it needs. */
import { codeOf } from '../../code.ts'
import type { Retraced } from '../retrace.ts'
import type { Cast } from './cast.ts'

/** One piece of promise logic by its name, and the code of how each of its runs came out. */
export type Results = ReadonlyMap<string, readonly string[]>

export function resultsOf(steps: readonly Retraced[], cast: Cast): Results {
  const results = new Map<string, string[]>()
  const sources = new Map<string, string>()
  for (const { event, turn } of steps) {
    const outcomes = results.get(sources.get(actorIn(event) ?? '') ?? '')
    if (outcomes && isResult(event)) outcomes.push(outcomeCode(cast.result(event)))
    for (const { effect, params } of turn?.commands ?? []) {
      if (effect !== 'invoke') continue
      const { id, src } = invoked(params)
      sources.set(id, src)
      if (!results.has(src)) results.set(src, [])
    }
  }
  return results
}

/** Whether an event is the end of promise logic. */
export function isResult({ type }: { readonly type: string }): boolean {
  return /^xstate\.(done|error)\.actor\./.test(type)
}

/** The chart of the test, with promise logic that comes out as it did. */
export function providing(chart: string, results: Results): string {
  if (results.size === 0) return chart
  const actors = [...results].map(
    ([src, outcomes]) => `${keyCode(src)}: gave(${outcomes.join(', ')})`,
  )
  return `${chart}.provide({ actors: { ${actors.join(', ')} } })`
}

/** What the file needs besides for that. */
export const gave = [
  '/** Promise logic that comes out as it did in the call, run after run, and runs on where it did not come out. */',
  'function gave<Output, Input extends object>(...outcomes: (() => Promise<Output>)[]) {',
  '  return fromPromise<Output, Input>(() => outcomes.shift()?.() ?? new Promise(() => {}))',
  '}',
] as const

function outcomeCode(event: object): string {
  const { output, error }: { readonly output?: unknown; readonly error?: { message?: string } } =
    event
  if (error) return `async () => { throw new Error(${codeOf(error.message ?? '')}) }`
  if (output === undefined) return 'async () => {}'
  const code = codeOf(output)
  return `async () => ${code.startsWith('{') ? `(${code})` : code}`
}

function invoked(params: unknown): { readonly id: string; readonly src: string } {
  const { id = '', src = '' }: { readonly id?: string; readonly src?: string } = params ?? {}
  return { id, src }
}

function actorIn(event: object): string | undefined {
  const { actorId }: { readonly actorId?: string } = event
  return actorId
}

function keyCode(src: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(src) ? src : codeOf(src)
}
