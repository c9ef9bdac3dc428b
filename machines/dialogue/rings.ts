/** Rings: the guards and actions by which shapes invite people, tell them apart, take them back and hold them. */
import { assign, enqueueActions } from 'xstate'
import { base, type EffectActions } from '../call/base.ts'
import type { CallContext } from '../call/context.ts'
import type { EffectName, Prompt } from '../effects.ts'
import type { CallEvent } from '../events.ts'
import { type Party, partyOf } from '../party.ts'
import type { Participant, ParticipantInfo } from '../words.ts'
import { type Ring, remember, remembered } from './memory.ts'

type Args = { readonly context: CallContext; readonly event: CallEvent }
type OfShape = { readonly id: string }
type Effect = {
  [Name in EffectName]: { type: Name; params: EffectActions[Name] }
}[EffectName]

/**
 * Who picked up, of those whom the shape with this id rang; undefined before anybody did.
 *
 * @example
 * note: assign(({ context }) => ({ bot: { agent: whoJoined(context, 'agents') } }))
 */
export function whoJoined(context: Pick<CallContext, 'dialogue'>, id: string): string | undefined {
  return ringsOf(context, id).find(([, { state }]) => state === 'joined')?.[1].who
}

type NamedRing = readonly [command: string, ring: Ring]

function ringsOf(context: Pick<CallContext, 'dialogue'>, id: string): readonly NamedRing[] {
  return Object.entries(remembered(context, id).rings)
}

/** The id in a target: `application:7` is known as `7`. */
function idOf(target: string): string {
  return target.slice(target.indexOf(':') + 1)
}

/** Whether somebody is this target: known by object id, or by address where Graph tells one. */
function isTarget(who: string, info: ParticipantInfo | null | undefined): boolean {
  const { id, identity } = partyOf(info)
  const wanted = idOf(who).toLowerCase()
  return [id, identity.user?.userPrincipalName].some(
    (name) => typeof name === 'string' && name.toLowerCase() === wanted,
  )
}

/** People an event tells of: one whom a roster told, or all that a list request brought. */
function peopleIn(event: CallEvent): readonly Participant[] {
  if ('participant' in event) return [event.participant]
  return 'answer' in event ? (event.answer?.participants ?? []) : []
}

/** The rings an event is about: by the command it answers, or by the people it tells of. */
function concerned({ context, event }: Args, id: string): readonly NamedRing[] {
  const people = peopleIn(event)
  return ringsOf(context, id).filter(([command, { who }]) =>
    event.type.startsWith('invite.') && 'command' in event
      ? event.command.id === command
      : people.some(({ info }) => isTarget(who, info)),
  )
}

function isOpen([, { state }]: NamedRing): boolean {
  return state === 'ringing' || state === 'recalled' || state === 'late'
}

/** What a shape remembers once these rings have come to a state. */
function marked(
  context: CallContext,
  id: string,
  some: readonly NamedRing[],
  state: Ring['state'],
) {
  const news = some.map(([command, ring]) => [command, { ...ring, state }] as const)
  const rings = { ...remembered(context, id).rings, ...Object.fromEntries(news) }
  return remember(context, id, { rings })
}

/** The other side of the call: who rang the bot, or whom it rang. */
function callerOf({ direction, source, targets }: CallContext): Party | undefined {
  return direction === 'incoming' ? source : targets[0]
}

function isCaller(context: CallContext, { info }: Participant): boolean {
  const id = callerOf(context)?.id
  return id !== undefined && isTarget(id, info)
}

/** Signs that the call is over: Graph lets nobody ring or wait any more. */
export function isOver({ type }: { readonly type: string }): boolean {
  return type === 'call.terminated' || type === 'call.gone'
}

/** An action that decides which effects to ask for. */
function asking<Params extends object>(
  collect: Parameters<
    typeof enqueueActions<CallContext, CallEvent, Params, CallEvent, never, Effect, never>
  >[0],
) {
  return enqueueActions<CallContext, CallEvent, Params, CallEvent, never, Effect, never>(collect)
}

/** The call's vocabulary, with what concerns those who are rung and those who are held. */
export const ringing = base.extend({
  actions: {
    /** Everybody is invited, each by a request of their own. */
    'rings.start': asking<{ readonly targets: readonly string[] }>(({ enqueue }, { targets }) => {
      for (const who of new Set(targets)) enqueue({ type: 'invite', params: { participants: who } })
    }),
    'rings.note': assign(({ context, event }, { id }: OfShape) => {
      if (event.type !== 'invite.asked') return {}
      const ring: Ring = { who: String(event.params.participants), state: 'ringing' }
      return remember(context, id, {
        rings: { ...remembered(context, id).rings, [event.command.id]: ring },
      })
    }),
    /** Graph tells an id for an invitation; who was asked to be taken back without one is asked again. */
    'rings.name': assign(({ context, event }, { id }: OfShape) => {
      const operation = 'answer' in event ? event.answer?.operation?.id : undefined
      const told = 'participant' in event ? event.participant.id : operation
      const named = concerned({ context, event }, id).filter(isOpen)
      const rings = named.map(
        ([command, ring]) => [command, { ...ring, invitation: told ?? ring.invitation }] as const,
      )
      return marked(context, id, rings, 'ringing')
    }),
    'rings.mark': assign((args, { id, state }: OfShape & { readonly state: Ring['state'] }) =>
      marked(args.context, id, concerned(args, id).filter(isOpen), state),
    ),
    /** Whoever still rings is taken back. */
    'rings.recall': asking<OfShape>(({ context, event, enqueue }, { id }) => {
      const open = ringsOf(context, id).filter(([, { state }]) => state === 'ringing')
      if (isOver(event)) return
      for (const [, { who, invitation = idOf(who) }] of open) {
        enqueue({ type: 'removeParticipant', params: { participantId: invitation } })
      }
      enqueue.assign(marked(context, id, open, 'recalled'))
    }),
    /** Whoever picked up after somebody else had leaves again. */
    'rings.showOut': asking<OfShape>(({ context, event, enqueue }, { id }) => {
      const late = concerned({ context, event }, id).filter(isOpen)
      for (const participant of peopleIn(event)) {
        if (!late.some(([, { who }]) => isTarget(who, participant.info))) continue
        enqueue({ type: 'removeParticipant', params: { participantId: participant.id } })
      }
      enqueue.assign(marked(context, id, late, 'gone'))
    }),
    /** The caller hears music, and nothing of what is said meanwhile. */
    'hold.start': asking<OfShape & { readonly music: Prompt | undefined }>(
      ({ context, event, enqueue }, { id, music }) => {
        const caller = peopleIn(event).find((each) => isCaller(context, each))
        // After a restart the list may come twice.
        if (!caller || remembered(context, id).held === caller.id) return
        const params = {
          participantId: caller.id,
          ...(music !== undefined && { customPrompt: music }),
        }
        enqueue({ type: 'startHoldMusic', params })
        enqueue.assign(remember(context, id, { held: caller.id }))
      },
    ),
    'hold.stop': asking<OfShape>(({ context, event, enqueue }, { id }) => {
      const { held } = remembered(context, id)
      if (held === undefined || isOver(event)) return
      enqueue({ type: 'stopHoldMusic', params: { participantId: held } })
      enqueue.assign(remember(context, id, { held: undefined }))
    }),
  },
  guards: {
    'rings.hasTargets': (_: Args, { targets }: { readonly targets: readonly string[] }) =>
      targets.length > 0,
    /** The event tells of somebody whom the shape rings, and of whom nothing was settled. */
    'rings.isOpen': (args: Args, { id }: OfShape) => concerned(args, id).some(isOpen),
    'rings.isLast': (args: Args, { id }: OfShape) =>
      concerned(args, id).some(isOpen) && ringsOf(args.context, id).filter(isOpen).length === 1,
    'rings.areSettled': ({ context }: Args, { id }: OfShape) => !ringsOf(context, id).some(isOpen),
    /** The event tells of whoever picked up. */
    'rings.isJoined': (args: Args, { id }: OfShape) =>
      concerned(args, id).some(([, { state }]) => state === 'joined'),
    'hold.hasCaller': ({ context, event }: Args) =>
      peopleIn(event).some((each) => isCaller(context, each)),
    'hold.isCaller': ({ context, event }: Args) =>
      'participant' in event && isCaller(context, event.participant),
    'people.isSelf': ({ context, event }: Args) =>
      'participant' in event && event.participant.id === context.call.myParticipantId,
  },
})
