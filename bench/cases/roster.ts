/** A full roster in which one person has changed, against reading that body as JSON. */
import { startAlone } from '../contestants/openAlone.ts'
import { type Benchmark, type Curve, type Figure, quantile, ratios } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'

const SIZES = [100, 300, 1_000, 3_000]
const GOAL_SIZE = 1_000

export const roster: Benchmark = {
  name: 'roster',
  measures:
    'A full roster of 1,000 people of whom one has changed: from its text to its durable turn, against JSON.parse of the same text, in turns; and a curve to 3,000 people.',
  run: async ({ short, progress }) => {
    const callIds = callIdsOf(1)
    const points: [number, number][] = []
    const figures: Figure[] = []
    for (const people of SIZES) {
      progress(`${people} people`)
      await using alone = await startAlone()
      await alone.ask('open', { folder: alone.folder, callIds })
      const rounds = short ? 10 : 30
      const { parseMs, takeMs } = await alone.ask('roster', { people, rounds })
      points.push([people, quantile(takeMs, 0.5)])
      await alone.ask('close', undefined)
      if (people !== GOAL_SIZE) continue
      figures.push(
        { name: 'taken', unit: 'ms', samples: takeMs },
        { name: 'JSON.parse', unit: 'ms', samples: parseMs },
        { name: 'of JSON.parse', unit: '×', samples: ratios(takeMs, parseMs) },
      )
    }
    const steep = growth(points, GOAL_SIZE, SIZES.at(-1) ?? GOAL_SIZE)
    figures.push({ name: 'growth from 1,000 to 3,000', unit: '× linear', samples: [steep] })
    return { figures, curves: [curve(points)] }
  },
}

function curve(points: Curve['points']): Curve {
  return {
    name: 'roster',
    title: 'One person changed in a full roster',
    across: 'people on the call',
    up: 'ms until durable',
    points,
  }
}

/** How much steeper than linear a curve grows between two sizes: 1 is linear, 3 here quadratic. */
export function growth(points: Curve['points'], from: number, to: number): number {
  const at = (size: number) => points.find(([found]) => found === size)?.[1] ?? Number.NaN
  return at(to) / at(from) / (to / from)
}
