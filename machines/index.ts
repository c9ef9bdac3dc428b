/**
 * machines: what a call decides. Every chart is plain XState v5 and pure: no I/O, clock or randomness;
 * what it asks is an effect, what it hears an event.
 *
 * May import: xstate, and nothing else.
 * Read: words → effects → events → call/ (signalling first, then its sibling regions, then callChart)
 * → participant → roster.
 * Not here: how effects are sent, events are told apart on the wire, or snapshots are kept.
 */
export { callChart, type CallChartOptions, regions } from './call/callChart.ts'
export { callSetup, type CallSetup } from './call/callSetup.ts'
export type { CallContext, CallInput, CallSettings } from './call/context.ts'
export { deadlines } from './call/base.ts'
export * from './effects.ts'
export * from './events.ts'
export * from './party.ts'
export { privateParts } from './privacy.ts'
export * from './words.ts'
export { participantChart, type ParticipantContext, type ParticipantEvent } from './participant.ts'
export * from './roster.ts'
