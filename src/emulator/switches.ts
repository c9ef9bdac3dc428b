/** Every choice the documentation leaves open, named once, each with its default. */
import type { ResultInfo } from './world/results.ts'
import { results } from './world/results.ts'

/** How this calling service behaves; durations are milliseconds unless the name says otherwise. */
export type Switches = {
  /** `timed`: a prompt ends after its real length; `manual`: only when told by `finishPrompt`. */
  readonly prompts: 'timed' | 'manual'
  /** How long a bot may take to answer, reject or redirect (documented: 15 s). */
  readonly answerTimeoutMs: number
  /** How long a bot may take in policy-based recording (documented: 5 s). */
  readonly policyAnswerTimeoutMs: number
  /** How long a call lives without a keepAlive (documented: 45 min). */
  readonly keepAliveTimeoutMs: number
  /** Time between `establishing` and `established`; 0 sends both at once. */
  readonly establishDelayMs: number
  /** How long a user whose script is `answer` or `decline` lets it ring. */
  readonly ringDelayMs: number
  /** How long a bot's call, invitation or transfer rings before it counts as unanswered. */
  readonly ringTimeoutMs: number
  /** Whether an outgoing call says `ringing` between `establishing` and `established`. */
  readonly ringingState: boolean
  /** Whether `mediaState.audio` comes as a notification of its own, inside the state's, or never. */
  readonly mediaState: 'separate' | 'included' | 'never'
  /** Whether the far end's hang-up is announced by `terminating` before `terminated`. */
  readonly farEndTerminating: boolean
  /** How hold is told: by the roster (the audio stream is inactive), by the call's state, or not. */
  readonly hold: 'roster' | 'state' | 'none'
  /** How long hold music, a large gallery and a mixer take to start. */
  readonly operationMs: number
  /** Whether inviting on a P2P call makes it a group call, as since 2022, or is refused. */
  readonly inviteOnPeerToPeer: 'escalate' | 'refuse'
  /** Whether one identity may be twice in one meeting; the documentation says it may not. */
  readonly sameIdentityTwice: 'refuse' | 'allow'
  /** Whether a P2P call that a third party joins sends the bot rosters from then on. */
  readonly escalatedRoster: 'silent' | 'live'
  /** Whether an ad-hoc group call ends (200/5010) when only the bot is left in it. */
  readonly endWhenAlone: boolean
  /** Whether joining by coordinates nobody scheduled makes the meeting or is refused with 404. */
  readonly unknownMeetings: 'create' | 'refuse'
  /** How long the bot may wait in a lobby before the call ends with 200/5855. */
  readonly lobbyTimeoutMs: number
  /** Whether a transfer between two tenants works; the documentation says it does not. */
  readonly transferAcrossTenants: 'allow' | 'fail'
  /** Whether the end of a redirected call says who answered it. */
  readonly redirectAnsweredBy: 'always' | 'phone' | 'never'
  /** How many receivers a oneToOne audio routing group may have; text and examples differ. */
  readonly oneToOneReceivers: 'several' | 'one'
  /** Content sharing: as the page of create or answer shows it, or always in one of the two ways. */
  readonly contentSharingShape: 'page' | 'collection' | 'entity'
  /** What the roster shows of the screen of somebody who does not share it. */
  readonly idleScreenStream: 'absent' | 'inactive' | 'receiveOnly'
  /** What follows the call in the resourceUrl of policy-based recording's notifications. */
  readonly policyUrl: 'notification' | 'participants' | 'call'
  /** What happens to a policy user's joining that the bot answered without a response body. */
  readonly unansweredJoining: 'newCall' | 'accept' | 'reject'
  /** Whether a policy recording call ends (200/5002) once nobody in it is recorded. */
  readonly endWhenNobodyRecorded: boolean
  /** Whose meetings `/me` with an application token means, if it is not refused. */
  readonly meWithAppToken: 'organizer' | 'refuse'
  /** The status of createOrGet that created; its text says 201, its example 200. */
  readonly createOrGetCreatedStatus: 201 | 200
  /** How a meeting found by its VideoTeleconferenceId comes: as the example shows, or in a list. */
  readonly conferenceIdResponse: 'entity' | 'collection'
  /** How many meetings one user may have made in 30 days. */
  readonly meetingsPerUserMax: number
  /** How many requests an application may make in one tenant in `throttlingWindowMs`. */
  readonly throttlingRequestsMax: number
  readonly throttlingWindowMs: number
  /** How an operation's status is written; the first response of invite says `Running` always. */
  readonly operationStatusCase: 'lower' | 'pascal'
  /** How the numbers of a resultInfo are written. */
  readonly resultInfoCodes: 'numbers' | 'strings'
  /** How the finer number of a resultInfo is spelt. */
  readonly resultInfoSubcode: 'subcode' | 'subCode'
  /** How ids are written in a resourceUrl: as GUIDs, or upper-case without hyphens. */
  readonly notificationIds: 'guid' | 'compact'
  /** The type of the targets of an incoming call; the pages differ. */
  readonly incomingTargets: 'invitationParticipantInfo' | 'participantInfo'
  /** Whether hold music's resourceUrl begins with a slash; the example's does not. */
  readonly holdMusicUrl: 'slashless' | 'slash'
  /** `false`: roles are looked at when a call is created, as most pages say; `true`: on every request. */
  readonly strictPermissions: boolean
  /** Whether user identities carry the open-type extra `userPrincipalName`. */
  readonly userPrincipalName: boolean
  /** Format of the first notification of an incoming call; `legacy` waits for a 204. */
  readonly firstNotification: 'graph' | 'legacy'
  /** Whether notifications may overtake the response of the request that caused them. */
  readonly notifyBeforeResponse: boolean
  /** First pause before a notification is sent again; doubles each time. */
  readonly redeliveryFirstMs: number
  /** Longest pause between two attempts. */
  readonly redeliveryLongestMs: number
  /** How long a notification is tried before it is given up. */
  readonly redeliveryTotalMs: number
  /** How long the bot's webhook may take to respond to one attempt. */
  readonly deliveryTimeoutMs: number
  /** How long fetching one prompt may take. */
  readonly promptTimeoutMs: number
  /** The largest prompt that is fetched, in bytes. */
  readonly promptBytesMax: number
  /** The largest request body that is read, in bytes; more is 413. */
  readonly requestBytesMax: number
  /** How long one tone of sendDtmfTones lasts when no delay is asked for. */
  readonly dtmfToneMs: number
  /** How long a recording stays downloadable after its call ended. */
  readonly recordingKeptMs: number
  /** The `iss` of notification tokens. */
  readonly issuer: 'https://graph.microsoft.com' | 'https://api.botframework.com'
  /** How long a notification token is good for. */
  readonly notificationTokenMs: number
  /** How long an access token is good for. */
  readonly accessTokenMs: number
  /** The host that login metadata names, which MSAL insists is https. */
  readonly loginHost: string
  /** Who may use the control API under `/emulator`. */
  readonly control: 'loopback' | 'anyone'
  /** How many entries the ledger keeps before it forgets the oldest. */
  readonly ledgerEntriesMax: number
  /** Why an incoming call ended that the bot left unanswered. */
  readonly missedResult: ResultInfo
  /** Why an outgoing call ended that nobody answered. */
  readonly unansweredResult: ResultInfo
  /** Why an outgoing call ended that was declined. */
  readonly declinedResult: ResultInfo
  /** Why a transferred call ended; the example says 0/7015, the table 200/7015. */
  readonly transferredResult: ResultInfo
  /** Why a call ended that the bot hung up; the table has 200/7000 and 200/10550. */
  readonly hungUpResult: ResultInfo
}

/** The defaults: what is documented, else the plainest behaviour. */
export const defaultSwitches: Switches = {
  prompts: 'timed',
  answerTimeoutMs: 15_000,
  policyAnswerTimeoutMs: 5_000,
  keepAliveTimeoutMs: 45 * 60_000,
  establishDelayMs: 0,
  ringDelayMs: 1_000,
  ringTimeoutMs: 60_000,
  ringingState: false,
  mediaState: 'separate',
  farEndTerminating: false,
  hold: 'roster',
  operationMs: 100,
  inviteOnPeerToPeer: 'escalate',
  sameIdentityTwice: 'refuse',
  escalatedRoster: 'silent',
  endWhenAlone: false,
  unknownMeetings: 'create',
  lobbyTimeoutMs: 30 * 60_000,
  transferAcrossTenants: 'allow',
  redirectAnsweredBy: 'always',
  oneToOneReceivers: 'several',
  contentSharingShape: 'page',
  idleScreenStream: 'absent',
  policyUrl: 'notification',
  unansweredJoining: 'newCall',
  endWhenNobodyRecorded: true,
  meWithAppToken: 'organizer',
  createOrGetCreatedStatus: 201,
  conferenceIdResponse: 'entity',
  meetingsPerUserMax: 2_000,
  throttlingRequestsMax: 50_000,
  throttlingWindowMs: 15_000,
  operationStatusCase: 'lower',
  resultInfoCodes: 'numbers',
  resultInfoSubcode: 'subcode',
  notificationIds: 'guid',
  incomingTargets: 'invitationParticipantInfo',
  holdMusicUrl: 'slashless',
  strictPermissions: false,
  userPrincipalName: true,
  firstNotification: 'graph',
  notifyBeforeResponse: false,
  redeliveryFirstMs: 250,
  redeliveryLongestMs: 5_000,
  redeliveryTotalMs: 120_000,
  deliveryTimeoutMs: 30_000,
  promptTimeoutMs: 10_000,
  promptBytesMax: 20 * 1024 * 1024,
  requestBytesMax: 1024 * 1024,
  dtmfToneMs: 200,
  recordingKeptMs: 5 * 60_000,
  issuer: 'https://graph.microsoft.com',
  notificationTokenMs: 60 * 60_000,
  accessTokenMs: 3_599_000,
  loginHost: 'https://login.microsoftonline.com',
  control: 'loopback',
  ledgerEntriesMax: 100_000,
  missedResult: results.notAcknowledged,
  unansweredResult: results.noSignalling,
  declinedResult: results.unreachable,
  transferredResult: results.replaced,
  hungUpResult: results.endedByBot,
}

/** The words that switches with words for values take. */
export const switchWords = {
  prompts: ['timed', 'manual'],
  mediaState: ['separate', 'included', 'never'],
  hold: ['roster', 'state', 'none'],
  inviteOnPeerToPeer: ['escalate', 'refuse'],
  sameIdentityTwice: ['refuse', 'allow'],
  escalatedRoster: ['silent', 'live'],
  unknownMeetings: ['create', 'refuse'],
  transferAcrossTenants: ['allow', 'fail'],
  redirectAnsweredBy: ['always', 'phone', 'never'],
  oneToOneReceivers: ['several', 'one'],
  contentSharingShape: ['page', 'collection', 'entity'],
  idleScreenStream: ['absent', 'inactive', 'receiveOnly'],
  policyUrl: ['notification', 'participants', 'call'],
  unansweredJoining: ['newCall', 'accept', 'reject'],
  meWithAppToken: ['organizer', 'refuse'],
  conferenceIdResponse: ['entity', 'collection'],
  operationStatusCase: ['lower', 'pascal'],
  resultInfoCodes: ['numbers', 'strings'],
  resultInfoSubcode: ['subcode', 'subCode'],
  notificationIds: ['guid', 'compact'],
  incomingTargets: ['invitationParticipantInfo', 'participantInfo'],
  holdMusicUrl: ['slashless', 'slash'],
  firstNotification: ['graph', 'legacy'],
  issuer: ['https://graph.microsoft.com', 'https://api.botframework.com'],
  control: ['loopback', 'anyone'],
} as const satisfies { readonly [Name in keyof Switches]?: readonly Switches[Name][] }
