/** What one call tells another is heard once, and in the order in which it was told; or known not to be. */

import type { CallCommit } from '../../../../snapshots/index.ts'
import type { Evidence } from '../../invariants/invariant.ts'
import type { Committed } from '../disk.ts'

/** One thing that a call has told another. */
type Telling = {
  readonly from: string
  readonly to: string
  /** Its place among all that calls have told, in the order of their commits. */
  readonly place: number
  status: string
  times: number
}

export function everythingHeardOnce({ disk }: Evidence): string[] {
  return misheardIn(disk.commits)
}

/** What was heard twice, out of order, or otherwise than its fate says. */
export function misheardIn(commits: readonly Committed[]): string[] {
  const changes = commits.flatMap(({ calls }) => calls)
  const tellings = tellingsIn(changes)
  return [...heardAsTold(changes, tellings), ...fatesFit(tellings)]
}

function tellingsIn(changes: readonly CallCommit[]): ReadonlyMap<string, Telling> {
  const tellings = new Map<string, Telling>()
  for (const { key: from, effects, effectChanges } of changes) {
    for (const { id, effect, params, status } of effects) {
      if (effect !== 'tellCall') continue
      const { key: to }: { key: string } = JSON.parse(params)
      tellings.set(id, { from, to, place: tellings.size, status, times: 0 })
    }
    for (const { id, status } of effectChanges) {
      const telling = tellings.get(id)
      if (telling) telling.status = status
    }
  }
  return tellings
}

/** Every event heard from another call was told, to this one, and nothing told before it comes after it. */
function heardAsTold(
  changes: readonly CallCommit[],
  tellings: ReadonlyMap<string, Telling>,
): string[] {
  const found: string[] = []
  const last = new Map<string, number>()
  for (const { key, journal } of changes) {
    for (const { event } of journal) {
      if (!event.startsWith('{"type":"call.told"')) continue
      const { from, command }: { from: string; command: string } = JSON.parse(event)
      const telling = tellings.get(command)
      if (telling?.from !== from || telling.to !== key) {
        found.push(`call ${key} heard ${command}, which nobody told it.`)
        continue
      }
      telling.times += 1
      const way = JSON.stringify([from, key])
      if (telling.place < (last.get(way) ?? 0)) found.push(`call ${key} heard ${command} too late.`)
      last.set(way, telling.place)
    }
  }
  return found
}

function fatesFit(tellings: ReadonlyMap<string, Telling>): string[] {
  return [...tellings].flatMap(([command, { to, status, times }]) => {
    if (times > 1) return [`call ${to} heard ${command} ${times} times.`]
    if (status === 'done' && times === 0)
      return [`${command} counts as heard by call ${to}, but is not.`]
    return status === 'failed' && times > 0
      ? [`${command} counts as failed, but call ${to} heard it.`]
      : []
  })
}
