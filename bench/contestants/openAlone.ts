/** Callchart alone in a process and a folder of its own; both go when it is disposed of. */
import { makePlace } from '../place.ts'
import { type Remote, start } from '../remote.ts'
import type { AloneAsks } from './alone.ts'

export type OpenedAlone = Pick<Remote<AloneAsks>, 'ask'> & {
  readonly folder: string
} & AsyncDisposable

export async function startAlone(nodeOptions: readonly string[] = []): Promise<OpenedAlone> {
  const place = await makePlace()
  const { ask, end } = start<AloneAsks>(new URL('./alone.ts', import.meta.url), nodeOptions)
  return {
    ask,
    folder: place.path,
    [Symbol.asyncDispose]: async () => {
      await end()
      await place.remove()
    },
  }
}
