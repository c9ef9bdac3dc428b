/** The call chart's vocabulary: every effect as an inert action, the shared guards, actions and delays. */
import { assign, raise, type SetupReturn, setup } from 'xstate'
import { type EffectName, type EffectParams, effects, isEffectName } from '../effects.ts'
import type { CallEvent, PlainFact } from '../events.ts'
import type { Participant, Tone } from '../words.ts'
import {
  asksForSeveral,
  type CallContext,
  type CallInput,
  hasGroupCoordinates,
  mergeCall,
} from './context.ts'

type OptionalParams<Params> = Record<never, never> extends Params ? Params | undefined : Params

/** Parameters of every effect as an action takes them: those that are all optional may be left out. */
export type EffectActions = { [Name in EffectName]: OptionalParams<EffectParams[Name]> }

type InertEffects = { [Name in EffectName]: (_: unknown, params: EffectActions[Name]) => void }

/** Asking has no effect of its own: the engine reads the action and stores what it asks. */
function inert(): void {}

const asked: Partial<InertEffects> = {}
for (const name of Object.keys(effects)) if (isEffectName(name)) asked[name] = inert

/** Every effect as an inert action. */
const effectActions = asked as InertEffects

/** How many sequence ids are remembered to know a repeated tone; one older than all of them counts as repeated. */
const HEARD_TONES_LIMIT = 64

function isNewTone(heard: readonly number[], id: number): boolean {
  const [oldest = id] = heard
  return !heard.includes(id) && (heard.length < HEARD_TONES_LIMIT || id > oldest)
}

function withTone(heard: readonly number[], id: number): readonly number[] {
  return [...heard, id].sort((one, other) => one - other).slice(-HEARD_TONES_LIMIT)
}

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
  /** A call that is not connected, or being transferred, and is not heard of is looked up this often. */
  lookUpMs: 2 * 60_000,
  /** Graph ends a call that sends no keepAlive for this long. */
  unkeptMs: 45 * 60_000,
  /** A call that is being ended but is not heard of is ended again after this long. */
  terminatingMs: 30_000,
} as const

/** Rosters tell hold by an audio stream that flows in neither direction. */
function isHeld(self: Participant | undefined): boolean {
  const audio = self?.mediaStreams?.find(({ mediaType }) => mediaType === 'audio')
  return audio?.direction === 'inactive'
}

function isPolicyRecording({ call: { incomingContext } }: CallContext): boolean {
  return Boolean(incomingContext?.observedParticipantId)
}

/** The permission to join group calls, in each of its documented spellings. */
const joinPermission = /^Calls\.JoinGroupCalls?(AsGuest)?\.(All|Chat)$/i

function mayJoinGroups({ permissions }: CallContext): boolean {
  return !permissions || permissions.some((granted) => joinPermission.test(granted))
}

/** Codes of a request that was sent and whose answer did not come, or could not be read. */
const unanswered: ReadonlySet<string> = new Set(['timedOut', 'cutOff', 'unreadable'])

const callGuards = {
  isOutgoing: ({ context }: { context: CallContext }) => context.direction === 'outgoing',
  answersByDefault: ({ context }: { context: CallContext }) =>
    context.settings.incoming === 'answer',
  /** The call was first heard of in a later state, e.g. adopted after its creation was missed. */
  startsAs: ({ context }: { context: CallContext }, { state }: { state: string }) =>
    context.call.state === state,
  isGroup: ({ context }: { context: CallContext }) =>
    hasGroupCoordinates(context.call) || asksForSeveral(context.request),
  becomesGroup: ({ event }: { event: CallEvent }) =>
    event.type === 'call.updated' && hasGroupCoordinates({ ...event.call, targets: null }),
  becomesForeignGroup: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'call.updated' &&
    hasGroupCoordinates({ ...event.call, targets: null }) &&
    !mayJoinGroups(context),
  isNotified: ({ event }: { event: CallEvent }) => event.type === 'roster.updated' && !event.listed,
  /** Something of the roster is missing and must be asked for. */
  hasGap: ({ event }: { event: CallEvent }) => event.type === 'roster.updated' && event.gap,
  pollsRoster: ({ context }: { context: CallContext }) =>
    context.settings.rosterPollMs !== undefined,
  hasResult: ({ event }: { event: CallEvent }) =>
    'resultInfo' in event && Boolean(event.resultInfo),
  /** `established` with a result, before any state of the transfer was heard of: it has failed. */
  tellsFailedTransfer: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'callState.established' &&
    event.resultInfo !== undefined &&
    context.transfer === 'asked',
  /** 0/7015, or AppTransferred where Graph gives no result. */
  tellsTransferCompleted: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'callState.terminated' &&
    (event.resultInfo?.subcode === 7015 || context.call.terminationReason === 'AppTransferred'),
  transferMayGoOn: ({ context }: { context: CallContext }) => context.transfer !== 'failed',
  answersEstablished: ({ event }: { event: CallEvent }) =>
    event.type === 'getCall.completed' && event.answer.call?.state === 'established',
  isHeldInRoster: ({ context }: { context: CallContext }) => isHeld(context.self),
  /** The bot's entry goes from on hold to not, which other news of the roster do not say. */
  leavesHoldInRoster: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'roster.updated' && isHeld(context.self) && !isHeld(event.self ?? context.self),
  /** Answers the latest mute or unmute, not one it overtook. */
  answersLatestMute: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    'command' in event && event.command.id === context.muteAsked,
  /** As far as answers and the roster have told. */
  isMuted: ({ context }: { context: CallContext }) => context.isMuted,
  /**
   * The roster's word on mute counts when it changes; until then our own request is newer. A list that was
   * asked for is newer still: requests of a call go one by one.
   */
  becomesMuted: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'roster.updated' &&
    event.self?.isMuted === true &&
    (event.listed || context.self?.isMuted !== true),
  becomesUnmuted: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'roster.updated' &&
    event.self?.isMuted === false &&
    (event.listed || context.self?.isMuted === true),
  selfSharing: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && isSharing(event.self) === true,
  selfNotSharing: ({ event }: { event: CallEvent }) =>
    event.type === 'roster.updated' && isSharing(event.self) === false,
  /** As far as the roster has told. */
  isSharer: ({ context }: { context: CallContext }) => isSharing(context.self) === true,
  asksRole: ({ event }: { event: CallEvent }, { role }: { role: string }) =>
    event.type === 'screenSharingRole.asked' && event.params.role === role,
  asksRecordingStatus: ({ event }: { event: CallEvent }, { status }: { status: string }) =>
    event.type === 'recordingStatus.asked' && event.params.status === status,
  /** Answers the latest request, not one it overtook. */
  answersLatestStatus: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    'command' in event && event.command.id === context.recordingStatusAsked,
  isAppHosted: ({ context }: { context: CallContext }) =>
    (context.settings.mediaConfig ?? context.call.mediaConfig)?.['@odata.type']?.endsWith(
      'appHostedMediaConfig',
    ) === true,
  /** Nothing of its kind is left in the queue behind the prompt or recording that has ended. */
  isLastOfItsKind: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    'command' in event &&
    context.mediaQueue.every(
      ({ id, effect }) =>
        id === event.command.id || effects[effect].noun !== effects[event.command.effect].noun,
    ),
  isNewTone: ({ context, event }: { context: CallContext; event: CallEvent }) =>
    event.type === 'tone.reported' && isNewTone(context.heardTones, event.toneInfo.sequenceId),
  /** No answer, or one that does not say whether it was done (5xx). */
  isFateUnknown: ({ event }: { event: CallEvent }) =>
    'fault' in event &&
    (unanswered.has(event.fault?.code ?? '') || (event.fault?.status ?? 0) >= 500),
  /** Nothing showed that Graph did it, and nothing that it did not. */
  isUnresolved: ({ event }: { event: CallEvent }) =>
    'fault' in event && event.fault?.code === 'unresolved',
  /** Graph answered 404: it no longer knows the call. */
  isGone: ({ event }: { event: CallEvent }) => 'fault' in event && event.fault?.status === 404,
  /** Which key was pressed: `{ tone: 'tone1' }`, `'star'`, `'pound'` … */
  toneIs: ({ event }: { event: CallEvent }, { tone }: { tone: Tone }) =>
    event.type === 'tone.received' && event.toneInfo.tone === tone,
}

/** Undefined when the roster does not tell the bot's streams. */
function isSharing(self: Participant | undefined): boolean | undefined {
  return self?.mediaStreams?.some(
    ({ mediaType, direction }) =>
      mediaType === 'videoBasedScreenSharing' &&
      (direction === 'sendOnly' || direction === 'sendReceive'),
  )
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
        ? {
            rosterSize: event.size,
            rosterSequence: event.sequence,
            rosterWholeSince: event.wholeSince,
            self: event.self ?? context.self,
          }
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
    queueMedia: assign(({ context, event }) =>
      'command' in event ? { mediaQueue: [...context.mediaQueue, event.command] } : {},
    ),
    dequeueMedia: assign(({ context, event }) =>
      'command' in event
        ? { mediaQueue: context.mediaQueue.filter(({ id }) => id !== event.command.id) }
        : {},
    ),
    keepMuteAsked: assign(({ event }) =>
      'command' in event ? { muteAsked: event.command.id } : {},
    ),
    keepMuted: assign({ isMuted: true }),
    keepUnmuted: assign({ isMuted: false }),
    keepRecordingStatusAsked: assign(({ event }) =>
      'command' in event ? { recordingStatusAsked: event.command.id } : {},
    ),
    hearTone: assign(({ context, event }) =>
      event.type === 'tone.reported'
        ? { heardTones: withTone(context.heardTones, event.toneInfo.sequenceId) }
        : {},
    ),
  },
  guards: callGuards,
  delays: {
    answerDeadline: ({ context }) =>
      isPolicyRecording(context) ? deadlines.policyAnswerMs : deadlines.answerMs,
    keepAliveInterval: deadlines.keepAliveMs,
    suspectInterval: deadlines.suspectMs,
    lookUpInterval: deadlines.lookUpMs,
    withdrawnDeadline: deadlines.unkeptMs,
    terminatingDeadline: deadlines.terminatingMs,
    rosterPoll: ({ context }) => context.settings.rosterPollMs ?? deadlines.keepAliveMs,
  },
})

/** The names a setup knows, each with its parameters. */
export type VocabularyOf<Setup> =
  Setup extends SetupReturn<
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
