import { type CallInput, callChart, callSetup, type Participant, partyOf } from 'callchart/machines'
import { assign } from 'xstate'

/** Graph rings everybody and tells who is there, not who declined: who does not come is missed. */
type Outcome = 'called' | 'joined' | 'left' | 'missed'
type Team = { readonly outcomes: { readonly [who: string]: Outcome } }

const RINGING_MS = 60_000

/** Everybody whom the bot was told to call. */
function teamOf({ request }: CallInput): Team {
  const targets = [request?.targets ?? []].flat()
  const called = targets.map((target) => (typeof target === 'string' ? target : partyOf(target).id))
  return { outcomes: Object.fromEntries(called.map((who) => [who, 'called'])) }
}

/** The member a roster entry is: known by object id, or by address where the roster tells one. */
function memberIn({ outcomes }: Team, { info }: Participant): string[] {
  const { id, identity } = partyOf(info)
  return Object.keys(outcomes).filter(
    (who) => who === id || who === identity.user?.userPrincipalName,
  )
}

function noted({ outcomes }: Team, members: readonly string[], outcome: Outcome): Team {
  const news = members.map((who) => [who, outcome] as const)
  return { outcomes: { ...outcomes, ...Object.fromEntries(news) } }
}

const team = callSetup.extend({
  types: {} as { bot: Team },
  actions: {
    note: assign(({ context: { bot }, event }, { outcome }: { outcome: Outcome }) =>
      'participant' in event ? { bot: noted(bot, memberIn(bot, event.participant), outcome) } : {},
    ),
    noteMissed: assign(({ context: { bot } }) => {
      const awaited = Object.keys(bot.outcomes).filter((who) => bot.outcomes[who] === 'called')
      return { bot: noted(bot, awaited, 'missed') }
    }),
  },
  guards: {
    /** The bot itself is in the roster too. */
    isAlone: ({ context }) => context.rosterSize <= 1,
    hasCompany: ({ context }) => context.rosterSize > 1,
  },
})

const scenario = team.createStateConfig({
  initial: 'ringing',
  on: {
    'participant.joined': { actions: { type: 'note', params: { outcome: 'joined' } } },
    'participant.left': { actions: { type: 'note', params: { outcome: 'left' } } },
    'call.terminated': { target: '.ended', actions: 'noteMissed' },
  },
  states: {
    ringing: {
      always: { guard: 'hasCompany', target: 'together' },
      after: { [RINGING_MS]: 'leaving' },
    },
    together: {
      entry: { type: 'playPrompt', params: { prompt: 'team-call.wav' } },
      always: { guard: 'isAlone', target: 'leaving' },
      after: { [RINGING_MS]: { actions: 'noteMissed' } },
    },
    leaving: { entry: 'hangUp' },
    ended: { type: 'final' },
  },
})

export const groupCall = team.createMachine(
  callChart({ id: 'group-call', version: '1', bot: teamOf, scenario }),
)
