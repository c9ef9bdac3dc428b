/** No effect that must not be repeated is executed twice. */
import { effects, isEffectName } from '../../../../machines/effects.ts'
import type { LedgerEntry, RequestEntry } from '../../../emulator/index.ts'
import type { World } from '../../world.ts'
import type { Evidence } from './judge.ts'

export function nothingTwice({ world, disk }: Evidence): string[] {
  const asked = countAsked(disk.commits.flatMap(({ calls }) => calls))
  const done = new Map<string, number>()
  for (const entry of world.emulator.record) {
    if (!isEffective(entry) || !mustNotRepeat(entry.method)) continue
    const subject = `${entry.method} of call ${keyOf(world, entry)}`
    done.set(subject, (done.get(subject) ?? 0) + 1)
  }
  return [...done]
    .filter(([subject, times]) => times > (asked.get(subject) ?? 0))
    .map(
      ([subject, times]) => `${subject} was done ${times} times, asked ${asked.get(subject) ?? 0}.`,
    )
}

/** An effect that is sent again when no evidence turned up may be done twice: its author says so. */
function mustNotRepeat(method: string): boolean {
  if (!isEffectName(method)) return false
  const { afterDoubt, unresolved } = effects[method]
  return afterDoubt === 'lookFirst' && unresolved === 'drop'
}

function isEffective(entry: LedgerEntry): entry is RequestEntry {
  return entry.kind === 'request' && entry.tookEffect
}

type Commits = readonly {
  readonly key: string
  readonly effects: readonly { readonly effect: string }[]
}[]

function countAsked(commits: Commits): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { key, effects: asked } of commits) {
    for (const { effect } of asked) {
      const subject = `${effect} of call ${key}`
      counts.set(subject, (counts.get(subject) ?? 0) + 1)
    }
  }
  return counts
}

/** The engine's name for a call is the end of the callbackUri it gave. */
function keyOf(world: World, { callId = '' }: RequestEntry): string {
  const { callbackUri } = world.emulator.call(callId).resource()
  return (
    String(callbackUri ?? callId)
      .split('/')
      .at(-1) ?? callId
  )
}
