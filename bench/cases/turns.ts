/** How many turns a second become durable in process, without HTTP. */
import { openContestant } from '../contestants/open.ts'
import { alternate, type Benchmark, ratios } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'

const CALLS = 1_024

export const turns: Benchmark = {
  name: 'turns',
  measures:
    'Turns a second in process, 128 under way at once, each durable (fsynced) before it counts; against the bare loop, which does the same XState step, journal row and group commit and nothing else.',
  run: async (circumstances) => {
    const callIds = callIdsOf(CALLS)
    const { short, progress } = circumstances
    progress('starting the contestants')
    await using engine = await openContestant({ build: 'engine', callIds })
    await using bareLoop = await openContestant({ build: 'bareLoop', callIds })
    const durationMs = short ? 1_000 : 2_000
    for (const { ask } of [engine, bareLoop]) await ask('turns', { durationMs: 1_500 })
    const measured = await alternate(
      short ? 3 : 7,
      {
        callchart: () => engine.ask('turns', { durationMs }),
        'bare loop': () => bareLoop.ask('turns', { durationMs }),
      },
      circumstances,
    )
    return {
      figures: [
        { name: 'callchart', unit: '/s', samples: measured.callchart },
        { name: 'bare loop', unit: '/s', samples: measured['bare loop'] },
        {
          name: 'of the bare loop',
          unit: '×',
          samples: ratios(measured.callchart, measured['bare loop']),
        },
      ],
    }
  },
}
