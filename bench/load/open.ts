/** The load's process, and the contestants it has been pointed at. */
import { type Remote, start } from '../remote.ts'
import type { Target } from './load.ts'
import type { LoadAsks } from './main.ts'

export type OpenLoad = Remote<LoadAsks>['ask'] extends infer Ask
  ? {
      readonly ask: Ask
      readonly connect: (target: Target, connections: number) => Promise<number>
    } & AsyncDisposable
  : never

export function openLoad(): OpenLoad {
  const { ask, end } = start<LoadAsks>(new URL('./main.ts', import.meta.url))
  return {
    ask,
    connect: (target, connections) => ask('connect', { connections, target }),
    [Symbol.asyncDispose]: async () => {
      await ask('disconnect', undefined)
      await end()
    },
  }
}
