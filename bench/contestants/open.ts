/** A contestant, opened in a process and a folder of its own; both go when it is disposed of. */
import type { Login } from '../login.ts'
import { makePlace } from '../place.ts'
import { type Remote, start } from '../remote.ts'
import type { Build, ContestantAsks } from './main.ts'
import type { Onlooker } from './onlookers.ts'

export type Opened = Pick<Remote<ContestantAsks>, 'ask'> & {
  readonly url: string | undefined
} & AsyncDisposable

export async function openContestant(options: {
  readonly build: Build
  readonly callIds: readonly string[]
  readonly login?: Login
  readonly onlooker?: Onlooker
}): Promise<Opened> {
  const place = await makePlace()
  const remote = start<ContestantAsks>(new URL('./main.ts', import.meta.url))
  const shut = async () => {
    await remote.end()
    await place.remove()
  }
  const url = await remote.ask('open', { ...options, folder: place.path }).catch(async (error) => {
    await shut()
    throw error
  })
  return {
    ask: remote.ask,
    url,
    [Symbol.asyncDispose]: async () => {
      await remote.ask('close', undefined)
      await shut()
    },
  }
}
