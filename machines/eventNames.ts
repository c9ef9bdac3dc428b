/** The names of all events, for those who cannot ask TypeScript. */
import { type EffectName, type EffectRule, effects, isEffectName } from './effects.ts'
import type { CallEvent, Outcome } from './events.ts'

type Told = Exclude<CallEvent['type'], Outcome['type']>

/** Every event but the outcomes of effects: complete, or it does not compile. */
const told = {
  'callState.incoming': true,
  'callState.establishing': true,
  'callState.ringing': true,
  'callState.established': true,
  'callState.hold': true,
  'callState.transferring': true,
  'callState.transferAccepted': true,
  'callState.redirecting': true,
  'callState.terminating': true,
  'callState.terminated': true,
  'callState.unknown': true,
  'call.updated': true,
  'mediaState.active': true,
  'mediaState.inactive': true,
  'tone.reported': true,
  'contentSharing.reported': true,
  'operation.unmatched': true,
  'notification.unknown': true,
  'participant.joining': true,
  'participant.joined': true,
  'participant.updated': true,
  'participant.left': true,
  'recordedParticipant.left': true,
  'roster.updated': true,
  'call.incoming': true,
  'call.establishing': true,
  'call.ringing': true,
  'call.established': true,
  'call.held': true,
  'call.resumed': true,
  'call.transferring': true,
  'call.transferAccepted': true,
  'call.redirecting': true,
  'call.terminating': true,
  'call.terminated': true,
  'call.escalating': true,
  'call.escalated': true,
  'call.gone': true,
  'answer.missed': true,
  'transfer.completed': true,
  'tone.received': true,
  'media.active': true,
  'media.inactive': true,
  'self.muted': true,
  'self.unmuted': true,
  'self.sharing': true,
  'self.viewing': true,
  'contentSharing.started': true,
  'contentSharing.updated': true,
  'contentSharing.ended': true,
  'engine.resumed': true,
  'engine.upgraded': true,
  'engine.error': true,
  'admin.nudged': true,
  'admin.hungUp': true,
} as const satisfies { readonly [Type in Told]: true }

const successes: { readonly [Kind in EffectRule['success']]: readonly string[] } = {
  accepted: ['accepted'],
  completed: ['completed'],
  operation: ['started', 'completed', 'cancelled'],
  responded: ['responded'],
  placed: ['placed'],
  delivered: ['delivered'],
}

/** The events that tell the fate of an effect. */
export function outcomesOf(effect: EffectName): readonly string[] {
  const { noun, success } = effects[effect]
  const participles = ['asked', ...successes[success], 'failed', 'inDoubt']
  return participles.map((participle) => `${noun}.${participle}`)
}

/** Every event the call chart may hear, a bot's own aside. */
export const eventNames: ReadonlySet<string> = new Set([
  ...Object.keys(told),
  ...Object.keys(effects).filter(isEffectName).flatMap(outcomesOf),
])

const nouns: ReadonlySet<string> = new Set([...eventNames].map(nounOf))

function nounOf(name: string): string {
  return name.split('.', 1).join('')
}

/** Whether an event's first word is one of ours; a bot's own events need others. */
export function isOurs(name: string): boolean {
  return nouns.has(nounOf(name))
}

/** Whether a chart that listens to this, an event or a family such as `prompt.*`, can hear any. */
export function knowsEvents(name: string): boolean {
  if (!name.endsWith('.*')) return eventNames.has(name)
  return [...eventNames].some((known) => known.startsWith(name.slice(0, -1)))
}
