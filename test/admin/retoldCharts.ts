/** Charts of bots that no example is like. */
import { callChart, callSetup } from 'callchart/machines'
import { assign, fromPromise } from 'xstate'

const recorder = callSetup.extend({})

/** Records one participant, and has another bot called for everybody else. */
export const inviting = recorder.createMachine(
  callChart({
    id: 'inviting',
    version: '1',
    participantCapacity: 2,
    scenario: recorder.createStateConfig({
      initial: 'recording',
      states: { recording: { on: { 'participant.joining': { actions: 'inviteNewBot' } } } },
    }),
  }),
)

type Customer = { readonly name: string; readonly since: number; readonly isGood: boolean }

let asked = 0

/** Knows somebody once only: whoever asks a second time was not the call. */
const lookUp = fromPromise(async (): Promise<Customer> => {
  asked += 1
  if (asked > 1) throw new Error('Bob Fabrikam has been looked up before.')
  return { name: 'Bob Fabrikam', since: 19_770_523, isGood: true }
})

const clerk = callSetup.extend({
  types: {} as { bot: { readonly customers: readonly Customer[] } },
  actors: { lookUp },
  guards: { isGood: ({ context }) => context.bot.customers.some((each) => each.isGood) },
})

const looking = clerk.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'looking' } },
    looking: {
      invoke: {
        src: 'lookUp',
        onDone: {
          target: 'known',
          actions: assign({ bot: ({ event }) => ({ customers: [event.output] }) }),
        },
      },
    },
    known: { always: { guard: 'isGood', target: 'again' } },
    again: { invoke: { src: 'lookUp', onDone: 'known', onError: 'staying' } },
    staying: {},
  },
})

/** Looks up who calls, twice, and hangs up on nobody. */
export const knowing = clerk.createMachine(
  callChart({ id: 'knowing', version: '1', bot: { customers: [] }, scenario: looking }),
)
