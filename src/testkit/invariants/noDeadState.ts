/** No call is stuck: something other than hanging up can still move it. */
import { effects, isEffectName } from '../../../machines/effects.ts'
import type { HeldCall } from '../held.ts'
import { type Evidence, type Invariant, invariant } from './invariant.ts'
import { lineOf, ownLeaves, pathOf } from './regions.ts'

/** What a chart hears of the call's end, and of what the engine itself does, leads nowhere new. */
const LAST_WORDS = /^(call\.(terminat|gone)|engine\.|.*\.asked$)/

/**
 * At peace, every established call waits for something that can still come: a key where it has asked for
 * tones, the end of something under way, a deadline, people. Where hanging up is all that leads out, a
 * caller would listen to silence.
 */
export const noDeadState: Invariant = noDeadStateBut()

/** As `noDeadState`, for charts in which a call rests in some states until somebody hangs up. */
export function noDeadStateBut(...resting: readonly string[]): Invariant {
  return invariant('noDeadState', 'atPeace', (evidence) =>
    evidence.calls
      .filter((call) => isEstablished(evidence, call) && isStuck(evidence, call, resting))
      .map(
        ({ key, snapshot }) =>
          `Call ${key} is stuck in ${ownLeaves(snapshot).map(pathOf).join(', ')}: only hanging up leads out.`,
      ),
  )
}

function isEstablished({ world }: Evidence, { id, status }: HeldCall): boolean {
  if (id === undefined || status === 'ended') return false
  return world.emulator.call(id).truth().state === 'established'
}

/** Stuck is who waits in none of their regions for anything that may come. */
function isStuck(evidence: Evidence, call: HeldCall, resting: readonly string[]): boolean {
  const leaves = ownLeaves(call.snapshot)
  if (leaves.some((leaf) => resting.includes(pathOf(leaf)))) return false
  const awaited = leaves.flatMap(lineOf).flatMap((node) => node.ownEvents)
  return !awaited.some((event) => mayCome(evidence, call, event))
}

function mayCome({ world }: Evidence, call: HeldCall, event: string): boolean {
  if (LAST_WORDS.test(event)) return false
  if (event.startsWith('xstate.after.')) return call.timers.includes(event)
  if (event.startsWith('xstate.')) return isOpen(call, 'invoke')
  if (event === 'tone.received') return world.emulator.call(call.id ?? '').truth().tonesSubscribed
  const noun = event.split('.', 1).join('')
  const asked = Object.keys(effects).filter(
    (name) => isEffectName(name) && effects[name].noun === noun,
  )
  return asked.length === 0 || asked.some((effect) => isOpen(call, effect))
}

function isOpen({ asked }: HeldCall, wanted: string): boolean {
  return asked.some(
    ({ effect, status }) =>
      effect === wanted && ['owed', 'sent', 'running', 'inDoubt'].includes(status),
  )
}
