import { callChart, callSetup, type Participant, partyOf } from 'callchart/machines'
import { assign } from 'xstate'

/** Who is called, in this order; for Graph name people by their object ids. */
const responders = [
  { who: 'ann@contoso.com', name: 'ann.wav' },
  { who: 'ben@contoso.com', name: 'ben.wav' },
  { who: 'kim@contoso.com', name: 'kim.wav' },
] as const

type Outcome = 'calling' | 'declined' | 'joined' | 'left'
type Incident = {
  /** How many responders have been called. */
  readonly called: number
  readonly outcomes: { readonly [who: string]: Outcome }
}

/** The responder whose turn it is, if any is left. */
function next({ called }: Incident) {
  return responders.slice(called, called + 1)
}

/** The responder a roster entry is: known by object id, or by address where the roster tells one. */
function responderIn({ info }: Participant) {
  const { id, identity } = partyOf(info)
  return responders.filter(({ who }) => who === id || who === identity.user?.userPrincipalName)
}

function noted(bot: Incident, some: readonly { who: string }[], outcome: Outcome): Incident {
  const news = some.map(({ who }) => [who, outcome] as const)
  return { ...bot, outcomes: { ...bot.outcomes, ...Object.fromEntries(news) } }
}

const incident = callSetup.extend({
  types: {} as { bot: Incident },
  actions: {
    noteCall: assign(({ context: { bot } }) => ({ bot: noted(bot, next(bot), 'calling') })),
    /** Somebody may decline the phone and have come by another way. */
    noteRefusal: assign(({ context: { bot } }) => {
      const awaited = next(bot).filter(({ who }) => bot.outcomes[who] === 'calling')
      return { bot: noted(bot, awaited, 'declined') }
    }),
    notePresence: assign(({ context: { bot }, event }, { outcome }: { outcome: Outcome }) =>
      'participant' in event ? { bot: noted(bot, responderIn(event.participant), outcome) } : {},
    ),
    goOn: assign(({ context: { bot } }) => ({ bot: { ...bot, called: bot.called + 1 } })),
  },
  guards: {
    everybodyIsCalled: ({ context }) => next(context.bot).length === 0,
    nextIsHere: ({ context: { bot } }) =>
      next(bot).some(({ who }) => bot.outcomes[who] === 'joined'),
    isResponder: ({ event }) => 'participant' in event && responderIn(event.participant).length > 0,
    /** The bot itself is in the roster too. */
    isAlone: ({ context }) => context.rosterSize <= 1,
    hasCompany: ({ context }) => context.rosterSize > 1,
  },
})

const refused = { target: 'choosing', actions: ['noteRefusal', 'goOn'] } as const

const scenario = incident.createStateConfig({
  initial: 'joining',
  on: {
    'participant.joined': {
      guard: 'isResponder',
      actions: [
        { type: 'notePresence', params: { outcome: 'joined' } },
        {
          type: 'playPrompt',
          params: ({ event: { participant } }) => ({
            prompt: [...responderIn(participant).map(({ name }) => name), 'has-joined.wav'],
          }),
        },
      ],
    },
    'participant.left': { actions: { type: 'notePresence', params: { outcome: 'left' } } },
  },
  states: {
    joining: {
      on: {
        'call.established': {
          target: 'lookingRound',
          actions: { type: 'playPrompt', params: { prompt: 'incident.wav' } },
        },
      },
    },
    /** Graph is asked who is here already: a notification may not come. Each is told as having joined. */
    lookingRound: {
      entry: 'listParticipants',
      on: { 'listParticipants.completed': 'choosing', 'listParticipants.failed': 'choosing' },
    },
    choosing: {
      always: [
        { guard: 'everybodyIsCalled', target: 'gathered' },
        { guard: 'nextIsHere', target: 'choosing', reenter: true, actions: 'goOn' },
        'calling',
      ],
    },
    calling: {
      entry: [
        {
          type: 'invite',
          params: ({ context }) => ({ participants: next(context.bot).map(({ who }) => who) }),
        },
        'noteCall',
      ],
      on: {
        'invite.completed': { target: 'choosing', actions: 'goOn' },
        'invite.failed': refused,
        'invite.cancelled': refused,
      },
    },
    gathered: {
      initial: 'together',
      states: {
        together: { always: { guard: 'isAlone', target: 'alone' } },
        /** Whoever accepted last may not be in the roster yet, and a line may drop. */
        alone: {
          always: { guard: 'hasCompany', target: 'together' },
          after: { 30000: '#leaving' },
        },
      },
    },
    leaving: { id: 'leaving', entry: 'hangUp' },
  },
})

const bot: Incident = { called: 0, outcomes: {} }

export const incidentBot = incident.createMachine(
  callChart({ id: 'incident-bot', version: '1', bot, scenario }),
)
