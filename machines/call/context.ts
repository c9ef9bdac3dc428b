/** A call's context: what the chart remembers between events. Plain JSON, but for `private`. */
import type { Dialogue } from '../dialogue/memory.ts'
import type { Command, EffectParams } from '../effects.ts'
import { type Party, partyOf } from '../party.ts'
import type {
  Call,
  CallDirection,
  CallOptions,
  Json,
  MediaConfig,
  Modality,
  Open,
  Participant,
  ResultInfo,
} from '../words.ts'

/** What a call starts from: Graph's own call, or the bot's request to create one. */
export type CallInput = {
  /** Key of the call in this engine, also the last part of its callbackUri. */
  readonly key: string
  readonly direction: CallDirection
  /** What Graph said of the call when it was first heard of. */
  readonly call?: Call
  /** Parameters of the createCall that starts an outgoing call. */
  readonly request?: EffectParams['createCall']
  /** Key of the call whose chart placed this one. */
  readonly placedBy?: string
  /** The app registration that the call is of. */
  readonly appId?: string
  /** The application permissions the bot's token carries; absent when not known. */
  readonly permissions?: readonly string[]
}

/** How the base chart behaves; the author's choices. */
export type CallSettings = {
  /** `answer`: the base chart answers at once. `ask`: the scenario hears `call.incoming` and decides. */
  readonly incoming: 'answer' | 'ask'
  readonly acceptedModalities: readonly Open<Modality>[]
  readonly mediaConfig: MediaConfig | undefined
  readonly callOptions: CallOptions | undefined
  readonly participantCapacity: number | undefined
  /** Poll the roster this often while Graph sends none (after an escalation); undefined: never. */
  readonly rosterPollMs: number | undefined
}

export type CallContext<Bot = object, Secret = object> = {
  readonly key: string
  /** Which base, Callchart's own regions, the call stands on; absent for the first. */
  readonly base?: number | undefined
  readonly direction: CallDirection
  /** Graph's call, merged from all it told, without state and tones. */
  readonly call: Call
  readonly source: Party
  readonly targets: readonly Party[]
  readonly request: EffectParams['createCall'] | undefined
  /** Key of the call whose chart placed this one. */
  readonly placedBy: string | undefined
  /** The app registration that the call is of, to its end; absent of calls that older releases began. */
  readonly appId?: string | undefined
  readonly permissions: readonly string[] | undefined
  readonly settings: CallSettings
  /** Participants present, as the last roster told. */
  readonly rosterSize: number
  /** Highest roster sequence heard. */
  readonly rosterSequence: number | undefined
  /** Roster sequence as of which Graph told the whole roster. */
  readonly rosterWholeSince: number | undefined
  /** The bot's own roster entry. */
  readonly self: Participant | undefined
  /** Whether the bot is muted, as answers and rosters told last. */
  readonly isMuted: boolean
  /** Id of the latest mute or unmute asked for. */
  readonly muteAsked: string | undefined
  /** How the latest transfer of this call stands. */
  readonly transfer: 'none' | 'asked' | 'failed'
  /** Prompts and recordings not yet finished, in the order Graph plays them. */
  readonly mediaQueue: readonly Command[]
  /** Id of the latest updateRecordingStatus asked for. */
  readonly recordingStatusAsked: string | undefined
  /** The highest `toneInfo.sequenceId`s heard, ascending, to know a repeated tone from a new one. */
  readonly heardTones: readonly number[]
  /** What the call's dialogue shapes remember, each by its id; absent until one is entered. */
  readonly dialogue?: Dialogue | undefined
  /** Why the call ended, once it has. */
  readonly resultInfo: ResultInfo | undefined
  /** The bot author's own values. */
  readonly bot: Bot
  /** Values that never leave memory: digits, recording tokens. Hear `engine.resumed` to ask again. */
  readonly private: Partial<Secret>
}

/** The context a call begins with. */
export function initialContext<Bot>(
  input: CallInput,
  settings: CallSettings,
  bot: Bot,
  base: CallContext['base'],
): CallContext<Bot> {
  const call = input.call ?? requestedCall(input.request)
  return {
    key: input.key,
    base,
    direction: input.direction,
    call,
    source: partyOf(call.source),
    targets: (call.targets ?? []).map(partyOf),
    request: input.request,
    placedBy: input.placedBy,
    appId: input.appId,
    permissions: input.permissions,
    settings,
    rosterSize: 0,
    rosterSequence: undefined,
    rosterWholeSince: undefined,
    self: undefined,
    isMuted: false,
    muteAsked: undefined,
    transfer: 'none',
    mediaQueue: [],
    recordingStatusAsked: undefined,
    heardTones: [],
    resultInfo: undefined,
    bot,
    private: {},
  }
}

function requestedCall(request: EffectParams['createCall'] | undefined): Call {
  if (!request) return {}
  const { chatInfo, meetingInfo, mediaConfig, subject, tenantId, requestedModalities } = request
  return { chatInfo, meetingInfo, mediaConfig, subject, tenantId, requestedModalities }
}

/** The call after Graph told more of it: what is told replaces what was known; null tells nothing. */
export function mergeCall(context: CallContext, told: Call): Partial<CallContext> {
  return {
    call: { ...context.call, ...Object.fromEntries(newsIn(context.call, told)) },
    source: told.source ? partyOf(told.source) : context.source,
    targets: told.targets ? told.targets.map(partyOf) : context.targets,
  }
}

/** Whether Graph tells more of a call than is known: it repeats most of it in every notification. */
export function tellsMore(known: Call, told: Call): boolean {
  return newsIn(known, told).length > 0
}

/** Told by events of their own. */
const toldApart: ReadonlySet<string> = new Set(['state', 'toneInfo', 'resultInfo'])

function newsIn(known: Call, told: Call): (readonly [string, Json])[] {
  const news: (readonly [string, Json])[] = []
  for (const [name, value] of Object.entries<Json | undefined>(told)) {
    const isTold = value !== null && value !== undefined && !toldApart.has(name)
    if (isTold && !isSame(known[name], value)) news.push([name, value])
  }
  return news
}

function isSame(known: unknown, told: unknown): boolean {
  return (
    known === told || (typeof told === 'object' && JSON.stringify(known) === JSON.stringify(told))
  )
}

/** Whether a call has more than two parties by its coordinates: a chat, a meeting, several targets. */
export function hasGroupCoordinates(call: Call): boolean {
  return Boolean(call.meetingInfo || call.chatInfo?.threadId || (call.targets?.length ?? 0) > 1)
}

/** Whether the bot's own request calls more than one target. */
export function asksForSeveral(request: EffectParams['createCall'] | undefined): boolean {
  return Array.isArray(request?.targets) && request.targets.length > 1
}
