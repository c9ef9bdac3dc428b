/** The call chart's vocabulary: every effect as an inert action, the shared guards, actions and delays. */
import { assign, raise, type SetupReturn, setup } from 'xstate'
import { type EffectName, type EffectParams, effects, isEffectName } from '../effects.ts'
import type { CallEvent, PlainFact } from '../events.ts'
import type { MediaStream, Participant, Tone } from '../words.ts'
import {
  type CallContext,
  type CallInput,
  type CallSettings,
  hasGroupCoordinates,
  initialContext,
  mergeCall,
} from './context.ts'

type OptionalParams<Params> = Record<never, never> extends Params ? Params | undefined : Params

/** Parameters of every effect as an action takes them: those that are all optional may be left out. */
export type EffectActions = { [Name in EffectName]: OptionalParams<EffectParams[Name]> }

type InertEffects = { [Name in EffectName]: (_: unknown, params: EffectActions[Name]) => void }

/** Asking has no effect of its own: the engine reads the action and stores what it asks. */
function inert(): void {}

const effectNames: readonly EffectName[] = Object.keys(effects).filter(isEffectName)

const noEffects: Partial<InertEffects> = {}

/** Every effect as an inert action. */
const effectActions = effectNames.reduce(
  (actions, name) => ({ ...actions, [name]: inert }),
  noEffects,
) as InertEffects

/** How many sequence ids are remembered to know a repeated tone. */
const HEARD_TONES_LIMIT = 64

/** Deadlines, in milliseconds, with the rule each comes from. */
export const deadlines = {
  /** Graph ends an incoming call that is not answered, rejected or redirected in 15 s. */
  answerMs: 15_000,
  /** In policy-based recording, 5 s. */
  policyAnswerMs: 5_000,
  /** Graph recommends a keepAlive every 15 min; it ends a call without one for 45 min. */
  keepAliveMs: 15 * 60_000,
  /** After a keepAlive that failed, try again this soon. */
  suspectMs: 30_000,
  /** A call that is being ended but is not heard of is looked up after this long. */
  terminatingMs: 30_000,
} as const

type Outcomes = { readonly type: string; readonly command?: { readonly id: string } }

function commandId(event: Outcomes): string {
  return event.command?.id ?? ''
}

function selfAudio(self: Participant | undefined): MediaStream | undefined {
  return self?.mediaStreams?.find((stream) => stream.mediaType === 'audio')
}

function isPolicyRecording(context: CallContext): boolean {
  return context.call.incomingContext !== undefined && context.call.incomingContext !== null
    ? hasObserved(context.call.incomingContext)
    : false
}

function hasObserved(incomingContext: unknown): boolean {
  return (
    typeof incomingContext === 'object' &&
    incomingContext !== null &&
    'observedParticipantId' in incomingContext &&
    Boolean(incomingContext.observedParticipantId)
  )
}

function may(context: CallContext, ...anyOf: readonly string[]): boolean {
  return !context.permissions || context.permissions.some((granted) => anyOf.includes(granted))
}

const callGuards = {
  isOutgoing: ({ context }: { context: CallContext }) => context.direction === 'outgoing',
  answersByDefault: ({ context }: { context: CallContext }) =>
    context.settings.incoming === 'answer',
  /** The call was first heard of in a later state, e.g. adopted after its creation was missed. */
  startsAs: ({ context }: { context: CallContext }, { state }: { state: string }) =>
    context.call.state === state,
  isGroup: ({ context }: { context: CallContext }) => hasGroupCoordinates(context.call),
  becomesGroup: ({ event }: { event: CallEvent }) =>
    event.type === 'call.updated' && hasGroupCoordinates({ ...event.call, targets: null }),
  becomesForeignGroup: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'call.updated' &&
    hasGroupCoordinates({ ...event.call, targets: null }) &&
    !may(
      context,
      'Calls.JoinGroupCall.All',
      'Calls.JoinGroupCallAsGuest.All',
      'Calls.JoinGroupCalls.Chat',
    ),
  isNotified: ({ event }: { event: CallEvent }) => event.type === 'roster.updated' && !event.listed,
  /** A delta roster is missing: what it told must be asked for. */
  hasGap: ({ event }: { event: CallEvent }) => event.type === 'roster.updated' && event.gap,
  pollsRoster: ({ context }: { context: CallContext }) =>
    context.settings.rosterPollMs !== undefined,
  /** `established` with a result while a transfer is under way tells that the transfer failed. */
  tellsFailedTransfer: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'callState.established' &&
    event.resultInfo !== undefined &&
    context.transfer !== 'failed',
  tellsFailedTransferAsked: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'callState.established' &&
    event.resultInfo !== undefined &&
    context.transfer === 'asked',
  transferMayGoOn: ({ context }: { context: CallContext }) => context.transfer !== 'failed',
  selfOnHold: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && selfAudio(event.self)?.direction === 'inactive',
  selfOffHold: ({ event }: { event: CallEvent }) => {
    const audio = event.type === 'roster.updated' ? selfAudio(event.self) : undefined
    return audio?.direction !== undefined && audio.direction !== 'inactive'
  },
  selfMuted: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && event.self?.isMuted === true,
  selfUnmuted: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && event.self?.isMuted === false,
  selfSharing: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && isSharing(event.self) === true,
  selfNotSharing: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && isSharing(event.self) === false,
  asksRole: ({ event }: { event: CallEvent }, { role }: { role: string }) =>
    event.type === 'screenSharingRole.asked' && event.params.role === role,
  asksRecordingStatus: ({ event }: { event: CallEvent }, { status }: { status: string }) =>
    event.type === 'recordingStatus.asked' && event.params.status === status,
  isAppHosted: ({ context }: { context: CallContext }) =>
    (context.settings.mediaConfig ?? context.call.mediaConfig)?.['@odata.type']?.endsWith(
      'appHostedMediaConfig',
    ) === true,
  isLastInMediaQueue: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    context.mediaQueue.every((id) => id === commandId(event)),
  isNewTone: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'tone.reported' && !context.heardTones.includes(event.toneInfo.sequenceId),
  /** Graph answered 404: it no longer knows the call. */
  isGone: ({ event }: { event: CallEvent }) => 'fault' in event && event.fault?.status === 404,
  /** Which key was pressed: `{ tone: 'tone1' }`, `'star'`, `'pound'` … */
  toneIs: ({ event }: { event: CallEvent }, { tone }: { tone: Tone }) =>
    event.type === 'tone.received' && event.toneInfo.tone === tone,
}

function isSharing(self: Participant | undefined): boolean | undefined {
  const stream = self?.mediaStreams?.find(
    ({ mediaType }) => mediaType === 'videoBasedScreenSharing',
  )
  return stream && (stream.direction === 'sendOnly' || stream.direction === 'sendReceive')
}

/** The base vocabulary that every region file speaks. */
export const base = setup({
  types: {
    context: {} as CallContext,
    events: {} as CallEvent,
    input: {} as CallInput,
  },
  actions: {
    ...effectActions,
    mergeCall: assign(({ context, event }) =>
      event.type === 'call.updated' ? mergeCall(context, event.call) : {},
    ),
    keepResult: assign(({ event }) =>
      'resultInfo' in event && event.resultInfo ? { resultInfo: event.resultInfo } : {},
    ),
    keepRoster: assign(({ context, event }) =>
      event.type === 'roster.updated'
        ? { rosterSize: event.size, self: event.self ?? context.self }
        : {},
    ),
    tell: raise((_, { fact }: { fact: PlainFact }) => ({ type: fact })),
    tellTerminated: raise(({ context }) => ({
      type: 'call.terminated',
      resultInfo: context.resultInfo,
    })),
    tellTransferFailed: raise(({ event }) => ({
      type: 'transfer.failed',
      command: { id: '', effect: 'transfer' },
      resultInfo: 'resultInfo' in event ? event.resultInfo : undefined,
    })),
    transferAsked: assign({ transfer: 'asked' }),
    transferFailed: assign({ transfer: 'failed' }),
    queueMedia: assign(({ context, event }) => ({
      mediaQueue: [...context.mediaQueue, commandId(event)],
    })),
    dequeueMedia: assign(({ context, event }) => ({
      mediaQueue: context.mediaQueue.filter((id) => id !== commandId(event)),
    })),
    hearTone: assign(({ context, event }) =>
      event.type === 'tone.reported'
        ? {
            heardTones: [...context.heardTones, event.toneInfo.sequenceId].slice(
              -HEARD_TONES_LIMIT,
            ),
          }
        : {},
    ),
  },
  guards: callGuards,
  delays: {
    answerDeadline: ({ context }) =>
      isPolicyRecording(context) ? deadlines.policyAnswerMs : deadlines.answerMs,
    keepAliveInterval: deadlines.keepAliveMs,
    suspectInterval: deadlines.suspectMs,
    terminatingDeadline: deadlines.terminatingMs,
    rosterPoll: ({ context }) => context.settings.rosterPollMs ?? deadlines.keepAliveMs,
  },
})

type Vocabulary =
  typeof base extends SetupReturn<
    infer _Context,
    infer _Event,
    infer _Actors,
    infer _Children,
    infer Actions,
    infer Guards,
    infer Delay,
    infer _Tag,
    infer _Input,
    infer _Output,
    infer _Emitted,
    infer _Meta,
    infer _TransitionMeta
  >
    ? { actions: Actions; guards: Guards; delay: Delay }
    : never

export type BaseActions = Vocabulary['actions']
export type BaseGuards = Vocabulary['guards']
export type BaseDelay = Vocabulary['delay']

const silent: CallSettings = {
  incoming: 'ask',
  acceptedModalities: [],
  mediaConfig: undefined,
  callOptions: undefined,
  participantCapacity: undefined,
  rosterPollMs: undefined,
}

/** The implementations behind the names, for setups that extend the base. */
export const vocabulary = base.createMachine({
  context: ({ input }) => initialContext(input, silent, {}),
}).implementations
