import type { BotCharts } from 'callchart'
import { callChart, callSetup, type Participant, partyOf } from 'callchart/machines'
import { assign, enqueueActions } from 'xstate'

/** Who is on call: the next round is rung where the one before was not enough. For Graph, object ids. */
const rounds: readonly (readonly string[])[] = [
  ['ann@contoso.com', 'ben@contoso.com'],
  ['kim@contoso.com', 'lee@contoso.com'],
]
/** So many responders are enough. */
const WANTED = 2
/** How long a round may take, from ringing until its people are here. */
const ROUND_MS = 60_000
/** How long somebody who has confirmed waits to be fetched. */
const FETCH_MS = 30_000

/** What the calls say to one another; `from` is the key of the one that says it. */
type Said =
  | {
      readonly type: 'responder.confirms'
      readonly from: string
      readonly who: string
      readonly callId: string
    }
  | { readonly type: 'responder.declines'; readonly from: string; readonly who: string }
  | { readonly type: 'page.over'; readonly from: string }

type Outcome = 'asked' | 'coming' | 'here' | 'declined' | 'left'
type Incident = {
  /** How many rounds have been rung. */
  readonly rung: number
  /** Keys of all pages, over or not. */
  readonly pages: readonly string[]
  readonly outcomes: { readonly [who: string]: Outcome }
}

function noted(bot: Incident, some: readonly string[], outcome: Outcome): Incident {
  const news = some.map((who) => [who, outcome] as const)
  return { ...bot, outcomes: { ...bot.outcomes, ...Object.fromEntries(news) } }
}

function those({ outcomes }: Incident, ...wanted: readonly Outcome[]): readonly string[] {
  return Object.entries(outcomes).flatMap(([who, each]) => (wanted.includes(each) ? [who] : []))
}

/** The responder a roster entry is: known by object id, or by address where the roster tells one. */
function responderIn({ info }: Participant): readonly string[] {
  const { id, identity } = partyOf(info)
  const names = [id, identity.user?.userPrincipalName]
  return rounds.flat().filter((who) => names.includes(who))
}

/** What is said of somebody: their name, recorded under it. */
function nameOf(who = 'somebody'): string {
  return `${who.split('@')[0]}.wav`
}

const talking = callSetup.extend({ types: {} as { events: Said } })

const incident = talking.extend({
  types: {} as { bot: Incident },
  actions: {
    /** Everybody of the next round who is not here already gets a call of their own. */
    ringRound: enqueueActions(({ context: { bot }, enqueue }) => {
      const here = those(bot, 'here')
      const wanted = (rounds[bot.rung] ?? []).filter((who) => !here.includes(who))
      for (const targets of wanted) {
        enqueue({ type: 'placeCall', params: { chart: 'page', request: { targets } } })
      }
      enqueue.assign({ bot: { ...noted(bot, wanted, 'asked'), rung: bot.rung + 1 } })
    }),
    /** Whoever has not confirmed is not asked any longer. */
    callOff: enqueueActions(({ context: { bot }, enqueue }) => {
      for (const key of bot.pages) {
        enqueue({ type: 'tellCall', params: { key, event: { type: 'page.over' } } })
      }
    }),
    keepPage: assign(({ context: { bot }, event }) =>
      event.type === 'placeCall.placed'
        ? { bot: { ...bot, pages: [...bot.pages, event.key] } }
        : {},
    ),
    note: assign(({ context: { bot }, event }, { outcome }: { outcome: Outcome }) =>
      'who' in event ? { bot: noted(bot, [event.who], outcome) } : {},
    ),
    notePresence: assign(({ context: { bot }, event }, { outcome }: { outcome: Outcome }) =>
      'participant' in event ? { bot: noted(bot, responderIn(event.participant), outcome) } : {},
    ),
  },
  guards: {
    isEnough: ({ context: { bot } }) => those(bot, 'here').length >= WANTED,
    isSettled: ({ context: { bot } }) => those(bot, 'asked', 'coming').length === 0,
    hasMore: ({ context: { bot } }) => bot.rung < rounds.length,
    isAbsent: ({ context: { bot }, event }) =>
      'who' in event && !those(bot, 'here').includes(event.who),
    isAwaited: ({ context: { bot }, event }) =>
      'who' in event && those(bot, 'asked', 'coming').includes(event.who),
  },
})

const bridge = incident.createStateConfig({
  type: 'parallel',
  states: {
    meeting: {
      initial: 'attending',
      on: {
        'participant.joined': { actions: { type: 'notePresence', params: { outcome: 'here' } } },
        'participant.left': { actions: { type: 'notePresence', params: { outcome: 'left' } } },
      },
      states: {
        /** Nobody may be here yet while the rounds are rung. */
        attending: incident.joinAndAnnounce({
          id: 'attending',
          prompt: 'incident.wav',
          newcomer: ({ participant }) => [nameOf(responderIn(participant)[0]), 'has-joined.wav'],
          aloneMs: (rounds.length + 1) * ROUND_MS,
          onDone: 'leaving',
          onFailed: 'leaving',
        }),
        leaving: { entry: 'hangUp' },
      },
    },
    paging: {
      initial: 'waiting',
      on: {
        'placeCall.placed': { actions: 'keepPage' },
        /** Fetched out of their page, which then ends; unless they have come by another way meanwhile. */
        'responder.confirms': {
          guard: 'isAbsent',
          actions: [
            { type: 'note', params: { outcome: 'coming' } },
            {
              type: 'invite',
              params: ({ event: { who, callId } }) => ({
                participants: who,
                replacesCallId: callId,
              }),
            },
          ],
        },
        'responder.declines': {
          guard: 'isAwaited',
          actions: [
            { type: 'note', params: { outcome: 'declined' } },
            {
              type: 'playPrompt',
              params: ({ event }) => ({ prompt: [nameOf(event.who), 'is-not-coming.wav'] }),
            },
          ],
        },
        'call.terminated': { target: '.ended', actions: 'callOff' },
      },
      states: {
        waiting: {
          on: { 'call.established': [{ guard: 'isGroup', target: 'lookingRound' }, 'ringing'] },
        },
        /** Graph is asked who is here already: a notification may not come. */
        lookingRound: {
          entry: 'listParticipants',
          on: { 'listParticipants.completed': 'ringing', 'listParticipants.failed': 'ringing' },
        },
        ringing: {
          entry: 'ringRound',
          always: [
            { guard: 'isEnough', target: 'enough' },
            { guard: 'isSettled', target: 'choosing' },
          ],
          after: { [ROUND_MS]: { target: 'choosing', actions: 'callOff' } },
        },
        choosing: {
          always: [
            { guard: 'isEnough', target: 'enough' },
            { guard: 'hasMore', target: 'ringing' },
            'exhausted',
          ],
        },
        enough: { entry: 'callOff' },
        exhausted: { entry: { type: 'playPrompt', params: { prompt: 'nobody-else.wav' } } },
        ended: { type: 'final' },
      },
    },
  },
})

const page = talking.createStateConfig({
  initial: 'open',
  on: {
    'call.terminated': {
      target: '.over',
      actions: {
        type: 'tellCall',
        params: ({ context }) => ({
          key: context.placedBy ?? '',
          event: { type: 'responder.declines', who: String(context.request?.targets) },
        }),
      },
    },
  },
  states: {
    open: {
      initial: 'ringing',
      on: { 'page.over': 'leaving' },
      states: {
        ringing: { on: { 'call.established': 'asking' } },
        asking: talking.confirm({
          id: 'asking',
          prompt: 'will-you-come.wav',
          retries: 1,
          onDone: '#confirmed',
          onRefused: '#leaving',
          onFailed: '#leaving',
        }),
      },
    },
    confirmed: {
      id: 'confirmed',
      entry: {
        type: 'tellCall',
        params: ({ context }) => ({
          key: context.placedBy ?? '',
          event: {
            type: 'responder.confirms',
            who: String(context.request?.targets),
            callId: context.call.id,
          },
        }),
      },
      /** Fetched, or gone: a round does not wait for ever. */
      on: { 'call.terminated': 'over' },
      after: { [FETCH_MS]: 'leaving' },
    },
    leaving: { id: 'leaving', entry: 'hangUp' },
    over: { type: 'final' },
  },
})

export const incidentBridge = incident.createMachine(
  callChart({
    id: 'incident-bridge',
    version: '1',
    bot: { rung: 0, pages: [], outcomes: {} },
    rosterPollMs: 10_000,
    scenario: bridge,
  }),
)

export const pageChart = talking.createMachine(
  callChart({ id: 'page', version: '1', scenario: page }),
)

/** Whoever rings the bot opens an incident; the bot may also be sent into its meeting. */
export default {
  charts: [{ chart: incidentBridge }, { chart: pageChart }],
  choose: () => 'incident-bridge',
} satisfies BotCharts
