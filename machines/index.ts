/**
 * machines: what a call decides. Every chart is plain XState v5 and pure: no I/O, clock or randomness;
 * what it asks is an effect, what it hears an event.
 *
 * May import: xstate, and nothing else.
 * Read: words (enums, people) → effects (effectParams) → events → call/ (signalling first, then its sibling regions, then callChart)
 * → participant → roster → upgrade → dialogue/ (shape, then shapes).
 * Not here: how effects are sent, events are told apart on the wire, or snapshots are kept.
 */

export { deadlines } from './call/base.ts'
export { type CallChartOptions, callChart, regions } from './call/callChart.ts'
export { type CallSetup, callSetup } from './call/callSetup.ts'
export type { CallContext, CallInput, CallSettings } from './call/context.ts'
export type { Choices, Key } from './dialogue/keys.ts'
export type { Recording } from './dialogue/recordMessage.ts'
export { whoJoined } from './dialogue/rings.ts'
export type { Shape } from './dialogue/shape.ts'
export * from './effects.ts'
export * from './events.ts'
export { type ParticipantContext, type ParticipantEvent, participantChart } from './participant.ts'
export * from './party.ts'
export { privateParts } from './privacy.ts'
export * from './roster.ts'
export * from './upgrade.ts'
export * from './words.ts'
