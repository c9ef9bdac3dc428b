/** What people do so that a scenario hears an event. */
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import { exactSpan } from '../../snapshots/spans.ts'
import type { TestCall } from './testCall.ts'
import type { World } from './world.ts'

export type PathDeed = {
  /** In words; empty for what happens by itself. */
  readonly text: string
  readonly act: (world: World, call: TestCall) => Promise<void>
}

const GUEST = 'carol@contoso.com'

const deeds: { readonly [event: string]: PathDeed } = {
  // Ringing alone brings these about.
  'call.incoming': { text: '', act: async () => {} },
  'call.establishing': { text: '', act: async () => {} },
  'call.established': { text: '', act: async () => {} },
  'media.active': { text: '', act: async () => {} },
  'prompt.started': { text: '', act: async () => {} },
  'prompt.completed': { text: 'finishPrompt', act: (_, call) => call.finishPrompt() },
  'participant.joined': { text: `${GUEST} joins`, act: (_, call) => call.join(GUEST) },
  'participant.left': { text: `${GUEST} leaves`, act: (_, call) => call.leave(GUEST) },
  'call.escalated': { text: `${GUEST} joins`, act: (_, call) => call.join(GUEST) },
  'call.terminated': { text: 'hangUp', act: (_, call) => call.hangUp() },
}

/** What makes the event happen; undefined where nobody can make it for sure. */
export function deedOf(event: AnyEventObject): PathDeed | undefined {
  if (event.type === 'tone.received') return pressing(String(event.toneInfo?.tone))
  const [, ms] = /^xstate\.after\.(\d+)\./.exec(event.type) ?? []
  if (ms !== undefined) return waiting(Number(ms))
  return deeds[event.type]
}

/** Every event that the active states listen to, with each tone where keys are heard. */
export function eventsOf({ _nodes }: AnyMachineSnapshot): readonly AnyEventObject[] {
  const types = new Set(_nodes.flatMap((node) => node.ownEvents))
  return [...types].filter((type) => !type.endsWith('*')).flatMap(eventsNamed)
}

function eventsNamed(type: string): readonly AnyEventObject[] {
  if (type !== 'tone.received') return [{ type }]
  return dialPad.map(([, tone]) => ({ type, toneInfo: { sequenceId: 1, tone } }))
}

const dialPad: readonly (readonly [key: string, tone: string])[] = [
  ...[...'0123456789'].map((digit) => [digit, `tone${digit}`] as const),
  ['*', 'star'],
  ['#', 'pound'],
]

function pressing(tone: string): PathDeed | undefined {
  const [key] = dialPad.find(([, each]) => each === tone) ?? []
  return key === undefined ? undefined : { text: `press ${key}`, act: (_, call) => call.press(key) }
}

function waiting(ms: number): PathDeed {
  return { text: `${exactSpan(ms)} pass`, act: (world) => world.advance(ms) }
}
