/** Every call the engine holds agrees with Graph's truth once there was time to reconcile. */
import type { CallTruth } from '../../../emulator/index.ts'
import type { Call } from '../../../engine/call.ts'
import type { ChartSnapshot } from '../../../engine/step.ts'
import type { Evidence } from '../../invariants/invariant.ts'
import { revive } from './stored.ts'

/** Graph's word for each state of signalling; one not named has Graph's own name. */
const GRAPHS_WORD: { readonly [state: string]: string } = {
  offered: 'incoming',
  creating: 'establishing',
  hold: 'established',
}

export async function agreement({ world, charts, disk, keys }: Evidence): Promise<string[]> {
  const found: string[] = []
  const known = new Set<string>()
  for (const key of keys) {
    const stored = await disk.store.load(key)
    if (!stored?.graphId) continue
    known.add(stored.graphId)
    const truth = world.emulator.call(stored.graphId).truth()
    if (stored.status === 'ended' || truth.state === 'terminated') {
      const held = stored.status === 'ended' ? 'ended' : stateOf(revive(charts, stored).group.call)
      if (!isOver(held) || truth.state !== 'terminated')
        found.push(differs(key, 'state', held, truth.state))
      continue
    }
    found.push(...differences(key, revive(charts, stored), truth))
  }
  for (const call of world.emulator.calls) {
    if (known.has(call.id) || call.state === 'terminated' || !wasTold(world, call.id)) continue
    found.push(`Graph holds call ${call.id} (${call.state}), of which the engine knows nothing.`)
  }
  return found
}

/**
 * Whether Graph ever got through with a word on the call. One whose creation nobody answered and of which
 * every notification was lost cannot be known: Graph has no list of calls, and ends it when nobody keeps it.
 */
function wasTold({ emulator }: Evidence['world'], callId: string): boolean {
  return emulator.record.some(
    (entry) =>
      entry.kind === 'notification' && entry.callId === callId && entry.outcome === 'acknowledged',
  )
}

function isOver(state: string): boolean {
  return state === 'ended' || state === 'terminated'
}

function differences(key: string, { group }: Call, truth: CallTruth): string[] {
  const { call, participants } = group
  const state = stateOf(call)
  const pairs: (readonly [string, unknown, unknown])[] = [
    ['state', GRAPHS_WORD[state] ?? state, truth.state],
  ]
  if (truth.state === 'established') {
    pairs.push(['own mute', call.matches({ audio: 'muted' }), truth.muted])
    pairs.push(['recording status', isRecording(call), truth.recordingStatus === 'recording'])
  }
  if (call.matches({ topology: { multiparty: 'rosterLive' } }) && truth.state === 'established') {
    const present = [...participants].filter(([, each]) => !each.matches({ presence: 'left' }))
    pairs.push(['sharing role', call.matches({ screenSharing: 'sharer' }), truth.sharing])
    pairs.push([
      'roster',
      rosterText(present.map(([id, each]) => [id, isMuted(each)])),
      rosterText(truth.roster.filter(({ hidden }) => !hidden).map(({ id, muted }) => [id, muted])),
    ])
  }
  return pairs
    .filter(([, held, so]) => held !== so)
    .map(([what, held, so]) => differs(key, what, held, so))
}

function stateOf(call: ChartSnapshot): string {
  const { signalling }: { signalling?: unknown } = call.value
  if (typeof signalling === 'string') return signalling
  return typeof signalling === 'object' && signalling ? (Object.keys(signalling)[0] ?? '') : ''
}

function isRecording(call: ChartSnapshot): boolean {
  return call.matches({ recordingStatus: 'recording' })
}

function isMuted(participant: ChartSnapshot): boolean {
  return !participant.matches({ audio: 'unmuted' })
}

function rosterText(entries: readonly (readonly [string, boolean])[]): string {
  return entries
    .map(([id, muted]) => `${id}${muted ? ' muted' : ''}`)
    .sort()
    .join(', ')
}

function differs(key: string, what: string, held: unknown, so: unknown): string {
  return `call ${key}: ${what} is held as '${held}', but Graph's truth is '${so}'.`
}
