/** The same turns with and without a console that nobody looks at, in one process and turn about. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { delivery } from '../traffic.ts'
import { AT_ONCE, type Contestant } from './contestant.ts'
import { openEngine } from './engine.ts'

const WARM_UP = 8

/** CPU milliseconds for one pass over the calls, unwatched and watched, in neighbouring pairs. */
export async function watchingPairs(question: {
  readonly folder: string
  readonly callIds: readonly string[]
  readonly pairs: number
  /** Which of the two is opened first: the second runs a little slower, whatever it is. */
  readonly isOnFirst: boolean
}): Promise<{ readonly offMs: readonly number[]; readonly onMs: readonly number[] }> {
  const { folder, callIds, pairs, isOnFirst } = question
  const places = ['off', 'on'].map((name) => join(folder, name))
  for (const place of places) mkdirSync(place)
  const [offFolder = '', onFolder = ''] = places
  const openOff = () => openEngine({ folder: offFolder, callIds })
  const openOn = () =>
    openEngine({ folder: onFolder, callIds, adminToken: 'nobody-looks-with-this-token' })
  const early = isOnFirst ? await openOn() : undefined
  const off = await openOff()
  const on = early ?? (await openOn())
  const offMs: number[] = []
  const onMs: number[] = []
  for (let pair = 0; pair < pairs + WARM_UP; pair++) {
    const state = pair % 2 === 0 ? 'hold' : 'established'
    // Who goes first changes, so that neither always runs into the other's garbage.
    const first = await (pair % 4 < 2 ? pass(off, callIds, state) : pass(on, callIds, state))
    const second = await (pair % 4 < 2 ? pass(on, callIds, state) : pass(off, callIds, state))
    if (pair < WARM_UP) continue
    offMs.push(pair % 4 < 2 ? first : second)
    onMs.push(pair % 4 < 2 ? second : first)
  }
  await off.close()
  await on.close()
  return { offMs, onMs }
}

async function pass(
  { take }: Contestant,
  callIds: readonly string[],
  state: string,
): Promise<number> {
  const told = callIds.map((id) => delivery(id, 'updated', state))
  const before = process.cpuUsage()
  for (let from = 0; from < told.length; from += AT_ONCE) {
    await Promise.all(told.slice(from, from + AT_ONCE).map(take))
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
