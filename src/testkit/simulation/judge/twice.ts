/**
 * No effect that must not be repeated is executed twice. Each is marked on the disk before it is sent, and
 * marked again only where no evidence turned up and its rule is to send it again: so it may take effect
 * at most as often as it was marked, and be marked more than once only under that rule.
 */
import { type EffectName, effects, isEffectName } from '../../../../machines/effects.ts'
import type { LedgerEntry, RequestEntry } from '../../../emulator/index.ts'
import type { Evidence } from '../../invariants/invariant.ts'
import type { World } from '../../world.ts'
import type { SimulatedDisk } from '../disk.ts'

/** One command that must not be repeated, and how often the disk says that it was sent. */
type Sendings = {
  readonly id: string
  readonly key: string
  readonly effect: EffectName
  marks: number
}

export function nothingTwice({ world, disk }: Evidence): string[] {
  const sendings = sendingsOf(disk)
  return [...resentAgainstTheirRule(world, sendings), ...doneTooOften(world, sendings)]
}

function sendingsOf(disk: SimulatedDisk): ReadonlyMap<string, Sendings> {
  const sendings = new Map<string, Sendings>()
  for (const { key, effects: asked, effectChanges } of disk.commits.flatMap(({ calls }) => calls)) {
    for (const { id, effect } of asked)
      if (mustNotRepeat(effect)) sendings.set(id, { id, key, effect, marks: 0 })
    for (const { id, status } of effectChanges) {
      const sending = sendings.get(id)
      if (sending && status === 'sent') sending.marks += 1
    }
  }
  return sendings
}

function resentAgainstTheirRule(world: World, sendings: ReadonlyMap<string, Sendings>): string[] {
  return [...sendings.values()]
    .filter(({ effect, marks }) => marks > 1 && world.unresolved(effect) === 'drop')
    .map(({ effect, id, marks }) => `${effect} (${id}) was sent ${marks} times, not dropped.`)
}

function doneTooOften(world: World, sendings: ReadonlyMap<string, Sendings>): string[] {
  const done = new Map<string, number>()
  for (const entry of world.emulator.record) {
    if (!isEffective(entry) || !mustNotRepeat(entry.method)) continue
    const { method, clientContext = '' } = entry
    // Some of Graph's methods take no clientContext: then all of a call's that are alike count as one.
    const ids = [clientContext, `${method} of call ${keyOf(world, entry)}`]
    for (const id of ids) done.set(id, (done.get(id) ?? 0) + 1)
  }
  const allowed = allowedTimes(sendings)
  return [...done]
    .filter(([id, times]) => id !== '' && times > (allowed.get(id) ?? 0))
    .map(([id, times]) => `${id} was done ${times} times, marked ${allowed.get(id) ?? 0}.`)
}

/** How often each command, and all of a call's that are alike, may take effect. */
function allowedTimes(sendings: ReadonlyMap<string, Sendings>): ReadonlyMap<string, number> {
  const allowed = new Map<string, number>()
  for (const { id, key, effect, marks } of sendings.values()) {
    const alike = `${effect} of call ${key}`
    allowed.set(id, marks)
    allowed.set(alike, (allowed.get(alike) ?? 0) + marks)
  }
  return allowed
}

function mustNotRepeat(effect: string): effect is EffectName {
  return isEffectName(effect) && effects[effect].afterDoubt === 'lookFirst'
}

function isEffective(entry: LedgerEntry): entry is RequestEntry {
  return entry.kind === 'request' && entry.tookEffect
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
