/** A small chart with everything a chart can have. */
import { and, assign, fromPromise, not, raise, setup } from 'xstate'

export const light = setup({
  actions: { ring: () => {}, dim: (_, _params: { level: number }) => {} },
  guards: { isDark: () => true, isLate: (_, _params: { hour: number }) => true },
  delays: { patience: 5_000 },
  actors: { ask: fromPromise(async () => 1) },
}).createMachine({
  id: 'light',
  version: '3',
  initial: 'off',
  entry: 'ring',
  states: {
    off: {
      tags: ['idle'],
      on: {
        flip: [
          { guard: { type: 'isLate', params: { hour: 22 } }, target: 'on.high' },
          { guard: and(['isDark', not('isDark')]), actions: { type: 'dim', params: { level: 2 } } },
        ],
      },
      after: { patience: 'rooms', 10: { actions: 'ring' } },
    },
    on: {
      initial: 'low',
      onDone: 'off',
      always: { guard: 'isDark', target: 'off' },
      on: { again: '.low' },
      states: {
        low: { on: { up: { target: 'high', actions: [assign({}), raise({ type: 'bell' })] } } },
        high: { on: { up: { target: 'high', reenter: true }, down: 'burnt' } },
        burnt: { type: 'final' },
        last: { type: 'history', history: 'deep' },
      },
    },
    rooms: {
      type: 'parallel',
      invoke: { src: 'ask', id: 'asking', onDone: 'off', onError: { actions: 'ring' } },
      states: {
        kitchen: { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } },
        attic: {},
      },
    },
  },
})
