/** A bot whose every part can be seen at work, and one call of it from ringing to its end. */
import { callChart, callSetup } from 'callchart/machines'
import { assign, fromPromise } from 'xstate'
import { Rig, type RigOptions } from '../engine/rig.ts'

const setup = callSetup.extend({
  types: {} as { private: { digit: string } },
  actors: { lookUp: fromPromise(async ({ input }: { input: string }) => fail(input)) },
  actions: {
    keepDigit: assign({
      private: ({ context, event }) =>
        event.type === 'tone.received' ? { digit: event.toneInfo.tone } : context.private,
    }),
  },
})

function fail(input: string): string {
  throw new Error(`Nothing is known of ${input}.`)
}

export const chart = setup.createMachine(
  callChart({
    id: 'watched',
    version: '1',
    scenario: setup.createStateConfig({
      initial: 'waiting',
      states: {
        waiting: { on: { 'call.established': 'listening' } },
        listening: {
          entry: 'subscribeToTone',
          after: { 10000: 'goodbye' },
          on: { 'tone.received': { target: 'looking', actions: 'keepDigit' } },
        },
        looking: { invoke: { src: 'lookUp', input: 'ann', onError: 'asking' } },
        asking: {
          entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
          after: { 3000: 'goodbye' },
        },
        goodbye: { entry: 'hangUp' },
      },
    }),
  }),
)

/** A call that is answered, presses a key, looks somebody up in vain, and is hung up on by a timer. */
export async function wholeCall(options: RigOptions = {}) {
  const rig = await Rig.open(chart, options)
  const call = await rig.ring()
  await call.press('7')
  await rig.settle()
  await rig.advance(3_000)
  await rig.advance(1_000)
  return { rig, call, records: rig.records }
}
