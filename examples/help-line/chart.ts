import { callChart, callSetup, type Recording } from 'callchart/machines'
import { assign, fromPromise, raise } from 'xstate'

type Message = { readonly message: Recording }

/** Stands for the duty roster: who may be rung now. For Graph name people by their object ids. */
const findAgents = fromPromise(async () => ['ann@contoso.com', 'ben@contoso.com'])

/** Fetches what a caller has left, and soon: Graph throws it away after the call. Yours says where it goes. */
const keepMessage = fromPromise(async ({ input }: { input: Partial<Message> }) => {
  const { location, token } = input.message ?? {}
  if (!location) throw new Error('Nothing was recorded.')
  const response = await fetch(location, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`Graph answered ${response.status}.`)
  await response.arrayBuffer()
})

const help = callSetup.extend({
  types: {} as {
    bot: { readonly agents: readonly string[] }
    private: Message
    events: { readonly type: 'agents.found' }
  },
  actors: { findAgents, keepMessage },
  actions: { tellFound: raise({ type: 'agents.found' }) },
})

const scenario = help.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'queueing' } },
    queueing: {
      invoke: {
        src: 'findAgents',
        onDone: {
          actions: [assign(({ event }) => ({ bot: { agents: event.output } })), 'tellFound'],
        },
        onError: 'message',
      },
      initial: 'queue',
      states: {
        queue: help.waitInQueue({
          id: 'queue',
          music: 'music.wav',
          until: 'agents.found',
          announcement: { prompt: 'press-one.wav', everyMs: 20_000 },
          choices: { 1: '#message' },
          patienceMs: 5 * 60_000,
          onDone: '#agents',
          onFailed: '#message',
        }),
      },
    },
    agents: help.ringAny({
      id: 'agents',
      targets: ({ context }) => context.bot.agents,
      prompt: 'connecting.wav',
      ringMs: 30_000,
      onDone: 'leaving',
      onFailed: 'message',
    }),
    message: help.recordMessage({
      id: 'message',
      prompt: 'speak.wav',
      onDone: 'keeping',
      onFailed: 'leaving',
    }),
    /** What a restart takes here, the token that fetches the message, is asked for again: the caller is. */
    keeping: {
      on: { 'engine.resumed': 'message' },
      invoke: {
        src: 'keepMessage',
        input: ({ context }) => context.private,
        onDone: 'thanks',
        onError: 'leaving',
      },
    },
    thanks: help.playSequence({
      id: 'thanks',
      prompts: ['thanks.wav'],
      onDone: 'leaving',
      onFailed: 'leaving',
    }),
    /** The bot's leg ends; who is on the line with an agent stays there. */
    leaving: { entry: 'hangUp' },
  },
})

export const helpLine = help.createMachine(
  callChart({ id: 'help-line', version: '1', bot: { agents: [] }, scenario }),
)
