/**
 * What crosses the wire between the admin API and whoever uses it: the console's page, the command line, a
 * script. Types only, and nothing imported, so that a page can import it. Times are milliseconds since 1970 by
 * the engine's clock; paths below are relative to `<basePath>/admin`.
 */

/** Any JSON value: what a payload may hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [member: string]: Json }

/** The body of every answer that is not 2xx, and of every problem shown: what is wrong and what to do. */
export type Told = { readonly code: string; readonly what: string; readonly fix: string }

// ── Who may ask ────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `POST /login` takes a `Login`. It answers 204 with a cookie (HttpOnly, SameSite=Strict) that serves as the token does, 401 with
 * `Told` otherwise. `POST /logout` takes the cookie away. Scripts send `Authorization: Bearer <token>` instead.
 */
export type Login = { readonly token: string }

/** `GET /about`. */
export type About = {
  /** Version of Callchart. */
  readonly callchart: string
  readonly node: string
  readonly startedMs: number
  readonly nowMs: number
  readonly charts: readonly ChartName[]
  /** Present where an emulated Graph runs in this process; `/world/…` is 404 otherwise. */
  readonly world?: WorldAbout | undefined
}

export type ChartName = { readonly id: string; readonly version: string }

export type WorldAbout = {
  /** How far the world's clock has been moved ahead of the machine's. */
  readonly aheadMs: number
  /** What goes wrong at present. */
  readonly faults: FaultDials
}

// ── Calls ──────────────────────────────────────────────────────────────────────────────────────────────────

export type CallStatus = 'live' | 'ended'
export type Direction = 'incoming' | 'outgoing'

/** `doubtful`: a request is in doubt. `troubled`: an event was quarantined, or a request failed. */
export type Health = 'good' | 'doubtful' | 'troubled'

/** One call in a list. */
export type CallRow = {
  readonly key: string
  /** Graph's id, once known; also the call's id in the emulated world. */
  readonly graphId?: string | undefined
  readonly status: CallStatus
  readonly direction: Direction
  /** The other party, as short as can be: a name, an address, a number; several with commas. */
  readonly who: string
  readonly chart: ChartName
  /** State of the signalling region without its region: `established`, `offered.answering`. */
  readonly state: string
  /** State of the topology region: `peerToPeer`, `multiparty`, … */
  readonly topology: string
  /** Active states of the scenario region, without its name. */
  readonly scenario: readonly string[]
  /** When the call began here. */
  readonly sinceMs: number
  readonly lastEvent?: { readonly type: string; readonly atMs: number } | undefined
  readonly endedMs?: number | undefined
  readonly health: Health
  /** How many problems the call has had since this engine started. */
  readonly problems: number
}

/**
 * `GET /calls?text=&state=&status=live|ended&after=&limit=`. Calls come newest first; `text` is words that must all
 * stand in a call's row, in any order. Ended ones are found at once by key or Graph's id, whole; by other words
 * 1,000 of them are looked through for one question, so that a page may be empty and yet have a `next`.
 */
export type CallsPage = {
  readonly rows: readonly CallRow[]
  /** Give it back as `after` for the next page; absent on the last. */
  readonly next?: string | undefined
  /** How many ended calls were looked through for the words. */
  readonly searched?: number | undefined
  readonly counts: Counts
  readonly rates: Rates
}

export type Counts = {
  readonly live: number
  readonly ended: number
  /** Live calls whose health is not `good`. */
  readonly troubled: number
  /** Live calls by the first word of their `state`. */
  readonly byState: { readonly [state: string]: number }
}

/** Of the last ten seconds, a second. */
export type Rates = {
  readonly notifications: number
  readonly turns: number
  readonly effects: number
  readonly started: number
  readonly ended: number
}

/**
 * `GET /stream` (SSE). First `event: fresh`: ask for `/calls` now, and keep what follows. Then, four times a
 * second at most and only when something has changed, `event: update`. A `fresh` may come again: when the
 * viewer was too slow for what happened, or the engine was started anew.
 */
export type CallsFresh = {
  readonly nowMs: number
  readonly counts: Counts
  readonly rates: Rates
}

export type CallsUpdate = CallsFresh & {
  /** Rows as they now are, live or just ended; those that are new among them. */
  readonly rows: readonly CallRow[]
  /** Updates this viewer has not seen one by one since it connected: overtaken by later ones. */
  readonly dropped: number
}

// ── A call ─────────────────────────────────────────────────────────────────────────────────────────────────

/** `GET /calls/:key`. */
export type CallDetail = {
  readonly row: CallRow
  readonly now: CallNow
  /** The newest entries, oldest first; `before` of the first gives earlier ones. */
  readonly timeline: readonly LadderEntry[]
  /** Whether earlier entries were left out: `GET /calls/:key?before=<sequence>&limit=`. */
  readonly hasEarlier: boolean
}

/** Everything about a call as it stands. */
export type CallNow = {
  readonly states: readonly string[]
  readonly roster: Roster
  readonly outbox: readonly OutboxRow[]
  readonly timers: readonly TimerRow[]
  readonly problems: readonly Problem[]
}

export type Roster = {
  /** `live`: Graph tells of changes; `silent`: nothing was told yet, or the call is no longer up. */
  readonly mode: 'live' | 'silent'
  readonly size: number
  /** Present ones first; at most 1,000. */
  readonly participants: readonly ParticipantRow[]
}

export type ParticipantRow = {
  readonly id: string
  readonly who: string
  /** `user`, `phone`, `guest`, `application`, … */
  readonly kind: string
  readonly isSelf: boolean
  readonly presence: 'invited' | 'ringing' | 'inLobby' | 'joined' | 'onHold' | 'left' | 'starting'
  readonly audio: 'unmuted' | 'muted' | 'serverMuted' | 'starting'
  /** Whether they share their screen. */
  readonly isSharing: boolean
  /** Active states of the participant's own actor: `presence.joined`, `audio.muted`, … */
  readonly states: readonly string[]
}

export type EffectStatus = 'owed' | 'sent' | 'running' | 'inDoubt' | 'done' | 'failed' | 'dropped'

/** One effect the call has asked for. */
export type OutboxRow = {
  readonly id: string
  /** An effect's name, or `invoke`. */
  readonly effect: string
  readonly status: EffectStatus
  readonly askedMs: number
  readonly params: Json
  readonly operationId?: string | undefined
  /** Why it failed, where the journal tells. */
  readonly why?: string | undefined
}

/**
 * What the journal tells of an effect by a past moment. `asked`: no answer had been heard; whether it had been sent is
 * not kept. `untold`: it is over, and no entry says since when.
 */
export type PastStatus = 'asked' | 'running' | 'inDoubt' | 'done' | 'failed' | 'dropped' | 'untold'

export type PastOutboxRow = Omit<OutboxRow, 'status' | 'operationId' | 'why'> & {
  readonly status: PastStatus
}

export type TimerRow = {
  readonly id: string
  readonly dueMs: number
  /** In words: `after 10 s in scenario.choosing`. */
  readonly what: string
}

export type Problem = Told & {
  readonly atMs: number
  /** The journal entry it belongs to, where there is one. */
  readonly sequence?: number | undefined
}

/** Who speaks to whom in the ladder. */
export type Lane = 'graph' | 'engine' | 'bot'

/** One row of the ladder: an event that moved the call, or one that was put aside, and what it led to. */
export type LadderEntry = {
  /** Of the journal; several entries may share one. */
  readonly sequence: number
  /** Unique within the call, in order: `12`, `12.0`. */
  readonly id: string
  readonly atMs: number
  readonly kind:
    | 'notification'
    | 'response'
    | 'operation'
    | 'timer'
    | 'invocation'
    | 'engine'
    | 'start'
    | 'effect'
    | 'quarantine'
  readonly from: Lane
  readonly to: Lane
  /** The event's type or the effect's name. */
  readonly what: string
  /** One line for a person: `established`, `→ scenario.desk`, `owed`, `completed`. */
  readonly summary: string
  /** An effect's command id: what answers it bears the same. */
  readonly command?: string | undefined
  /** An effect's present status. */
  readonly status?: EffectStatus | undefined
  /** States entered and left by this event; innermost ones. */
  readonly entered: readonly string[]
  readonly left: readonly string[]
  /**
   * Ids of the transitions that led there, as in `ChartTransition`; absent where they are not known for sure: the
   * call has heard a key, which is not kept, and nobody was looking.
   */
  readonly taken?: readonly string[] | undefined
  /** Whether it is a problem. */
  readonly isBad: boolean
  /** The event or the parameters; private parts stand as `"(private)"`. */
  readonly payload: Json
}

/**
 * `GET /calls/:key/stream` (SSE). `event: entries` as they happen, its `id` the sequence of the last: a
 * reconnecting browser (Last-Event-ID), or `?after=<sequence>`, goes on from there. Without either it begins
 * with what happens next.
 */
export type CallUpdate = {
  readonly row: CallRow
  readonly now: CallNow
  readonly entries: readonly LadderEntry[]
  /** Entries left out because the viewer was too slow: ask for `/calls/:key` again. */
  readonly dropped: number
}

/** `GET /calls/:key/at/:sequence`: the call as of that journal entry, found by replay. */
export type Moment = {
  readonly key: string
  readonly sequence: number
  /** First, last, and the neighbours of this one; absent where there is none. */
  readonly first: number
  readonly last: number
  readonly previous?: number | undefined
  readonly next?: number | undefined
  readonly atMs: number
  readonly chart: ChartName
  /** What the event was, and the effects it asked for. */
  readonly entries: readonly LadderEntry[]
  readonly before: readonly string[]
  readonly states: readonly string[]
  /** Ids of the transitions taken, as in `ChartTransition`. */
  readonly taken: readonly string[]
  readonly roster: Roster
  /** The chart's context without its private part. */
  readonly context: Json
  readonly timers: readonly TimerRow[]
  readonly outbox: readonly PastOutboxRow[]
  /**
   * `replayed`: exact. `inferred`: the call had heard a key, which is not kept; a key that the chart would have
   * treated the same was taken. `unsure`: no such key is known, and the states may not be those of then.
   */
  readonly certainty: 'replayed' | 'inferred' | 'unsure'
}

/**
 * `GET /calls/:key/explain`: why a call stands where it does. Sentences for people, in the order in which they
 * are best read.
 */
export type Explanation = {
  readonly key: string
  readonly status: CallStatus
  readonly nowMs: number
  /** One sentence: where it stands. */
  readonly what: string
  /** What led to each of its states; the bot's own first. */
  readonly because: readonly Cause[]
  /** What it waits for; empty once it has ended. */
  readonly waits: readonly Wait[]
  readonly problems: readonly Problem[]
}

export type Cause = {
  readonly state: string
  readonly atMs: number
  /** The journal entry that led there. */
  readonly sequence: number
  readonly what: string
}

export type Wait = {
  readonly kind: 'request' | 'operation' | 'invocation' | 'event' | 'timer'
  readonly what: string
  readonly dueMs?: number | undefined
}

// ── Deeds ──────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `POST /calls` takes a `Wish` and answers 201 with `Placed`. With the header `Idempotency-Key` the same call is
 * answered however often it is asked for, for as long as it is stored; 409 when another one was placed under
 * the key. 400 for a request that Graph would refuse, 503 while the bot is drained.
 */
export type Wish = {
  /** The id of the chart it runs on; may be left out where the bot has only one. */
  readonly chart?: string | undefined
  /** What the effect `createCall` takes: `{ "targets": "bob@contoso.com" }`. */
  readonly request: JsonObject
}

export type Placed = { readonly key: string }

/**
 * `POST /calls/:key/nudge` (ask Graph how the call stands) and `POST /calls/:key/end` (hang up, or reject while it
 * rings), without a body. The chart hears of it (`admin.nudged`, `admin.hungUp`), and what it asks of Graph
 * because of that is answered. 404 for a call nobody knows, 409 for one that has ended.
 */
export type Asked = { readonly key: string; readonly asked: readonly string[] }

/**
 * `POST /erasures` takes an `Erasure` and removes every ended call in which the person is named, for good. 409
 * when live calls name them, and then nothing is removed; 400 for what names nobody for certain.
 */
export type Erasure = {
  /** An object id, an address, or a phone number with its `+`. */
  readonly person: string
  /** Only tells which calls it would remove. */
  readonly dryRun?: boolean | undefined
}

export type Erased = {
  /** False after a dry run. */
  readonly removed: boolean
  readonly keys: readonly string[]
}

/** `GET /calls/:key/test`: a `CallTest`; with `?download=1` the file itself. */
export type CallTest = {
  /** A name for the file: `front-desk.0c8f21.test.ts`. */
  readonly name: string
  readonly text: string
  /** What of the call the test does not do again, in words. */
  readonly leftOut: readonly string[]
}

// ── Charts ─────────────────────────────────────────────────────────────────────────────────────────────────

/** `GET /charts`: a `ChartsPage`. */
export type ChartsPage = { readonly charts: readonly ChartBrief[] }
export type ChartBrief = ChartName & {
  /** Live calls on it. */
  readonly calls: number
  readonly states: number
  readonly transitions: number
  /** How many of them live calls have visited since the engine started. */
  readonly statesVisited: number
  readonly transitionsVisited: number
}

/**
 * `GET /charts/:id?version=&path=&detail=words|names`: a `ChartDetail`; `path` draws one state alone, e.g.
 * `scenario`, and `names` leaves out what is said at states and arrows. `participant` is a chart too.
 */
export type ChartDetail = ChartName & {
  readonly root: ChartState
  readonly geometry: Geometry
  readonly coverage: Coverage
  /** What a run of tests covered, where one has written a coverage file. */
  readonly tested?: Coverage | undefined
}

export type ChartState = {
  readonly name: string
  /** Dotted path from the chart's root; the root's is empty. */
  readonly path: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'shallow history' | 'deep history'
  readonly initial?: string | undefined
  readonly tags: readonly string[]
  readonly entry: readonly string[]
  readonly exit: readonly string[]
  readonly invoke: readonly string[]
  readonly transitions: readonly ChartTransition[]
  readonly states: readonly ChartState[]
}

export type ChartTransition = {
  /** Unique in its chart: `scenario.choosing|tone.received|0`. */
  readonly id: string
  /** An event, `always`, `done`, `after 10000`, `<invocation> done` or `<invocation> failed`. */
  readonly when: string
  readonly guard?: string | undefined
  readonly targets: readonly string[]
  readonly reenter: boolean
  readonly actions: readonly string[]
}

/** Where everything stands: pixels from the top left of the whole picture. */
export type Geometry = {
  readonly width: number
  readonly height: number
  /** Outer boxes before what is in them. */
  readonly boxes: readonly GeometryBox[]
  readonly arrows: readonly GeometryArrow[]
}

export type GeometryBox = {
  readonly path: string
  readonly title: string
  readonly type: ChartState['type']
  readonly depth: number
  /** A region of a parallel state. */
  readonly isRegion: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** What the state does by itself, then what it makes of events that have no arrow; each line at its place. */
  readonly lines: readonly GeometryLine[]
  /** The dot that the arrow to its initial state starts from. */
  readonly start?: { readonly x: number; readonly y: number } | undefined
}

export type GeometryLine = {
  readonly text: string
  readonly tone: 'deed' | 'event'
  /** Left end of the baseline. */
  readonly x: number
  readonly y: number
}

export type GeometryArrow = {
  /** Path of the box it stands in. */
  readonly within: string
  readonly from: string
  readonly to: string
  /** Ids of the transitions it shows; none for the arrow to an initial state. */
  readonly transitions: readonly string[]
  /** An SVG path. */
  readonly d: string
  /** Behind boxes, without a label: its transitions are told in the source's lines. */
  readonly isQuiet: boolean
  readonly label?:
    | {
        readonly x: number
        readonly y: number
        readonly width: number
        readonly height: number
        readonly lines: readonly GeometryLine[]
      }
    | undefined
}

export type Coverage = {
  /** Calls (or runs of a test) counted. */
  readonly calls: number
  /** How often each state was entered, by path; a state that is not named never was. */
  readonly states: { readonly [path: string]: number }
  /** How often each transition was taken, by id. */
  readonly transitions: { readonly [id: string]: number }
}

// ── The emulated world ─────────────────────────────────────────────────────────────────────────────────────

/**
 * Deeds, each `POST`, JSON in and out; 404 where no emulated Graph runs. `:id` is Graph's id of a call.
 *
 * | path | body | answer |
 * | --- | --- | --- |
 * | `/world/ring` | `Ring` | `WorldCall` |
 * | `/world/calls/:id/press` | `{ tone: string }` | |
 * | `/world/calls/:id/finish-prompt` | `{}` | `WorldCall` |
 * | `/world/calls/:id/say` | `{ durationMs }` | `WorldCall` |
 * | `/world/calls/:id/hangup` | `{ who? }` | `WorldCall` |
 * | `/world/calls/:id/join` | `{ who }`: a call of two becomes one of many | `WorldCall` |
 * | `/world/calls/:id/escalate` | `{ who }`: the other party of a call of two adds somebody, who is rung | `WorldCall` |
 * | `/world/calls/:id/leave` | `{ who }` | `WorldCall` |
 * | `/world/calls/:id/mute`, `/unmute` | `{ who? }` | `WorldCall` |
 * | `/world/calls/:id/share` | `{ who?, sharing? }` | `WorldCall` |
 * | `/world/calls/:id/hold`, `/resume` | `{ who? }` | `WorldCall` |
 * | `/world/calls/:id/admit` | `{}`: lets the bot in from a lobby | `WorldCall` |
 * | `/world/calls/:id/remove-bot` | `{}` | `WorldCall` |
 * | `/world/people/:address/script` | `{ script: 'answer' \| 'decline' \| 'ignore' \| 'manual' }` | 204 |
 * | `/world/people/:address/pick-up`, `/decline` | `{}` | 204 |
 * | `/world/faults` | `Partial<FaultDials>`: those not named go back to rest | 204 |
 * | `/world/clock/advance` | `{ ms }` | `{ nowMs, aheadMs }` |
 * | `/world/engine/restart` | `{ downMs? }`: killed at once, started again on the same database | 202 |
 *
 * `GET /world/calls` and `GET /world/calls/:id` tell what is true of calls there, whatever the bot was told.
 */
export type Ring = { readonly from: string; readonly modalities?: readonly string[] | undefined }

export type WorldCall = {
  /** Graph's id. */
  readonly id: string
  readonly state: string
  readonly direction: Direction
  readonly topology: string
  readonly muted: boolean
  readonly sharing: boolean
  readonly tonesSubscribed: boolean
  readonly recordingStatus: string
  /** What plays or records now. */
  readonly playing?: string | undefined
  readonly roster: readonly {
    readonly id: string
    readonly name: string
    readonly muted: boolean
    readonly sharing: boolean
    readonly inLobby: boolean
    readonly onHold: boolean
    readonly hidden: boolean
    readonly recorded: boolean
  }[]
}

/** How often each fault happens, from 0 (never) to 1 (always), and how long it takes. */
export type FaultDials = {
  readonly duplicate: number
  readonly reorder: number
  readonly delay: number
  readonly drop: number
  readonly throttle: number
  readonly fail: number
  readonly slow: number
  readonly cut: number
  readonly afterEffect: number
  readonly delayMs: number
  readonly slowMs: number
  readonly retryAfterSeconds: number
}
