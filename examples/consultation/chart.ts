import type { BotCharts } from 'callchart'
import { callChart, callSetup } from 'callchart/machines'
import { assign } from 'xstate'

const DESK = 'desk@contoso.com'
const PATIENCE_MS = 60_000
const DECISION_MS = 10_000

/** What the two legs say to each other; `from` is the key of the leg that says it. */
type Said =
  | { readonly type: 'desk.accepts'; readonly from: string; readonly callId: string }
  | { readonly type: 'desk.declines'; readonly from: string }
  | { readonly type: 'caller.left'; readonly from: string }

const talking = callSetup.extend({ types: {} as { events: Said } })

const receiving = talking.extend({
  types: {} as { bot: { readonly consultation: string } },
  actions: {
    keepConsultation: assign(({ event }) =>
      event.type === 'placeCall.placed' ? { bot: { consultation: event.key } } : {},
    ),
  },
  guards: { isConsulting: ({ context }) => context.bot.consultation !== '' },
})

const enquiry = receiving.createStateConfig({
  initial: 'waiting',
  on: {
    'call.terminated': [
      {
        guard: 'isConsulting',
        target: '.over',
        actions: {
          type: 'tellCall',
          params: ({ context }) => ({
            key: context.bot.consultation,
            event: { type: 'caller.left' },
          }),
        },
      },
      '.over',
    ],
  },
  states: {
    waiting: { on: { 'call.established': 'consulting' } },
    consulting: {
      entry: [
        { type: 'playPrompt', params: { prompt: 'please-hold.wav' } },
        { type: 'placeCall', params: { chart: 'consultation', request: { targets: DESK } } },
      ],
      on: {
        'placeCall.placed': { actions: 'keepConsultation' },
        'placeCall.failed': 'apologising',
        'desk.accepts': {
          target: 'connecting',
          actions: {
            type: 'transfer',
            params: ({ event }) => ({ to: DESK, replacesCallId: event.callId }),
          },
        },
        'desk.declines': 'apologising',
      },
      after: { [PATIENCE_MS]: 'apologising' },
    },
    connecting: { on: { 'transfer.failed': 'apologising' } },
    apologising: {
      entry: { type: 'playPrompt', params: { prompt: 'nobody-free.wav' } },
      on: {
        'prompt.completed': { guard: 'isLastOfItsKind', target: 'leaving' },
        'prompt.failed': 'leaving',
      },
    },
    leaving: { entry: 'hangUp' },
    over: { type: 'final' },
  },
})

/** Whoever placed this leg is told. */
type Leg = { readonly context: { readonly placedBy: string | undefined } }

const decline = {
  type: 'tellCall',
  params: ({ context }: Leg) => ({
    key: context.placedBy ?? '',
    event: { type: 'desk.declines' },
  }),
} as const

const consultation = talking.createStateConfig({
  initial: 'ringing',
  on: {
    'caller.left': '.leaving',
    'call.terminated': { target: '.over', actions: decline },
  },
  states: {
    ringing: { on: { 'call.established': 'briefing' } },
    briefing: {
      entry: ['subscribeToTone', { type: 'playPrompt', params: { prompt: 'somebody-waits.wav' } }],
      on: {
        'tone.received': [
          { guard: { type: 'toneIs', params: { tone: 'tone1' } }, target: 'accepted' },
          { target: 'leaving' },
        ],
      },
      after: { [DECISION_MS]: 'leaving' },
    },
    /** The transfer takes the desk out of this leg, which ends with it. */
    accepted: {
      entry: {
        type: 'tellCall',
        params: ({ context }) => ({
          key: context.placedBy ?? '',
          event: { type: 'desk.accepts', callId: context.call.id },
        }),
      },
      on: { 'call.terminated': 'over' },
    },
    leaving: { entry: 'hangUp' },
    over: { type: 'final' },
  },
})

export const enquiryChart = receiving.createMachine(
  callChart({
    id: 'enquiry',
    version: '1',
    bot: { consultation: '' },
    scenario: enquiry,
  }),
)

export const consultationChart = talking.createMachine(
  callChart({ id: 'consultation', version: '1', scenario: consultation }),
)

/** Everybody who rings is on an enquiry, which places the other leg itself. */
export default {
  charts: [{ chart: enquiryChart }, { chart: consultationChart }],
  choose: () => 'enquiry',
} satisfies BotCharts
