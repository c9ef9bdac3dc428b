/** Traffic: anything a call may be told, in any order, for charts with timers and invocations. */
import { callChart, callSetup } from 'callchart/machines'
import fc from 'fast-check'
import { assign, fromPromise } from 'xstate'
import { callStates } from '../../machines/index.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { asked, due, gone, told } from '../machines/call/heard.ts'
import type { Told } from './play.ts'

const desk = callSetup.extend({
  types: {} as { bot: { readonly prompts: number; readonly found: number } },
  actors: { find: fromPromise(async () => 1) },
  actions: {
    count: assign(({ context: { bot } }) => ({ bot: { ...bot, prompts: bot.prompts + 1 } })),
  },
})

const scenario = desk.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'greeting' } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': { target: 'finding', actions: 'count' }, 'prompt.failed': 'bye' },
    },
    finding: {
      invoke: {
        src: 'find',
        id: 'find',
        input: { key: 'k' },
        onDone: {
          target: 'choosing',
          actions: assign(({ context: { bot }, event }) => ({
            bot: { ...bot, found: event.output },
          })),
        },
        onError: 'bye',
      },
      after: { 5000: 'bye' },
    },
    choosing: {
      entry: 'subscribeToTone',
      after: { 10000: 'bye' },
      on: { 'tone.received': 'moving', 'call.held': '.again' },
      initial: 'first',
      states: { first: {}, again: {}, back: { type: 'history' } },
    },
    moving: {
      entry: { type: 'transfer', params: { to: 'desk@contoso.com' } },
      on: { 'transfer.failed': 'choosing.back' },
    },
    bye: { entry: 'hangUp' },
  },
})

/** A bot with a prompt, promise logic, deadlines and a history. */
export const deskMachine = desk.createMachine(
  callChart({ id: 'listener', version: '1', scenario, bot: { prompts: 0, found: 0 } }),
)
export const deskChart = loadChart(deskMachine)

const result = { resultInfo: { code: 500, subcode: 7000 } }
const numbers = fc.integer({ min: 1, max: 5 })

const report = fc.oneof(
  fc.constantFrom<Told>(
    ...callStates.map((state) => ({ type: `callState.${state}` })),
    { type: 'callState.established' },
    { type: 'callState.established', ...result },
    { type: 'mediaState.active' },
    { type: 'mediaState.inactive' },
    { type: 'call.updated', call: { chatInfo: { threadId: 't' } } },
  ),
  numbers.map(
    (sequenceId): Told => ({ type: 'tone.reported', toneInfo: { sequenceId, tone: 'tone1' } }),
  ),
)
const entry = fc.record({
  id: fc.constantFrom('me', 'a', 'b'),
  isMuted: fc.boolean(),
  mediaStreams: fc.constantFrom(
    [],
    [{ mediaType: 'audio', direction: 'inactive' }],
    [{ mediaType: 'audio', direction: 'sendReceive' }],
  ),
})
const roster = fc.record({
  type: fc.constant('roster.reported' as const),
  kind: fc.constantFrom('full' as const, 'delta' as const),
  listed: fc.boolean(),
  sequenceNumber: fc.option(numbers, { nil: undefined }),
  participants: fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 3 }),
})
const outcome = fc.constantFrom<Told>(
  told('answer', 'accepted'),
  told('answer', 'failed'),
  told('playPrompt', 'completed', {}, 'k.2.0'),
  told('playPrompt', 'completed', {}, 'k.3.0'),
  told('playPrompt', 'failed', {}, 'k.3.0'),
  told('subscribeToTone', 'completed'),
  told('keepAlive', 'failed'),
  told('getCall', 'completed'),
  told('getCall', 'failed', gone),
  asked('mute', {}),
  told('mute', 'completed'),
  { type: 'xstate.done.actor.find', actorId: 'find', output: 3 },
  { type: 'xstate.error.actor.find', actorId: 'find', error: { name: 'Error', message: 'no' } },
  { type: 'engine.resumed' },
)
const deadline = fc.constantFrom<Told>(
  due('answerDeadline', 'signalling.offered'),
  due('keepAliveInterval', 'liveness.beating'),
  due('terminatingDeadline', 'signalling.terminating'),
  due('5000', 'scenario.finding'),
  due('10000', 'scenario.choosing'),
)

/** Likely enough to get somewhere, and to be told nonsense on the way. */
export const anyTraffic: fc.Arbitrary<readonly Told[]> = fc
  .tuple(fc.boolean(), fc.array(fc.oneof(report, roster, outcome, deadline), { maxLength: 30 }))
  .map(([answered, rest]) => (answered ? [{ type: 'callState.established' }, ...rest] : rest))
