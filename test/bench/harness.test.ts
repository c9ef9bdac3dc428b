/** The harness: alternatives take turns, goals are judged by medians, and a report keeps its shape. */
import { expect, test } from 'vitest'
import { benchmarks } from '../../bench/cases/index.ts'
import { growth } from '../../bench/cases/roster.ts'
import { drawCurve } from '../../bench/curve.ts'
import { withFigures } from '../../bench/document.ts'
import { goals, isReached, judge } from '../../bench/goals.ts'
import { alternate, ratios, summaryOf } from '../../bench/harness.ts'
import { wholeResponse } from '../../bench/load/connection.ts'
import { jsonOf, type Report } from '../../bench/report.ts'
import { runAll, thisMachine } from '../../bench/run.ts'

const progress = () => {}
const goal = { benchmark: 'race', figure: 'ratio', atLeast: 0.8 }

function raced(samples: readonly number[]) {
  return [{ name: 'race', measures: 'a race', figures: [{ name: 'ratio', unit: '×', samples }] }]
}

test('alternatives take turns, and a ratio is taken between neighbours', async () => {
  const order: string[] = []
  const run = (name: string, value: number) => () => {
    order.push(name)
    return value * order.length
  }
  const measured = await alternate(2, { a: run('a', 1), b: run('b', 1) }, { progress })
  expect(order).toEqual(['a', 'b', 'a', 'b'])
  expect(ratios(measured.a, measured.b)).toEqual([1 / 2, 3 / 4])
})

test('a figure is its median, with the least and the most beside it', () => {
  expect(summaryOf([9, 1, 5])).toEqual({ median: 5, least: 1, most: 9 })
})

test('a figure under its goal fails, one at it does not, whatever its best round', () => {
  expect(judge(raced([0.79, 0.7, 2]), [goal])).toMatchObject([{ verdict: 'under' }])
  expect(judge(raced([0.8, 0.1, 0.9]), [goal])).toMatchObject([{ verdict: 'ok' }])
  expect(isReached(judge(raced([0.79]), [goal]))).toBe(false)
  expect(isReached(judge(raced([0.8]), [goal]))).toBe(true)
  const atMost = { benchmark: 'race', figure: 'ratio', atMost: 1 }
  expect(judge(raced([1.1]), [atMost])).toMatchObject([{ verdict: 'under' }])
})

test('what could not be measured is said with its reason, and is not ok', () => {
  const figures = [{ name: 'ratio', unit: '×', notMeasured: 'no network' }]
  const measured = [{ name: 'race', measures: 'a race', figures }]
  const judged = judge(measured, [goal])
  expect(judged).toMatchObject([{ verdict: 'not measured' }])
  expect(jsonOf({ machine: thisMachine(), short: true, measured, judged })).toContain('no network')
})

test('a goal without its figure is an error, not a goal that was reached', () => {
  const measured = [{ name: 'race', measures: 'a race', figures: [] }]
  expect(() => judge(measured, [goal])).toThrow("no figure 'ratio'")
})

test('every goal is of a benchmark there is', () => {
  const names = benchmarks.map(({ name }) => name)
  expect(goals.filter(({ benchmark }) => !names.includes(benchmark))).toEqual([])
})

test('the JSON of a run has every sample, its summary and the goals', async () => {
  const [race] = raced([3, 1, 2])
  const run = async () => ({ figures: race?.figures ?? [] })
  const measured = await runAll([{ name: 'race', measures: 'a race', run }], {
    short: true,
    progress,
  })
  const report: Report = {
    machine: thisMachine(),
    short: true,
    measured,
    judged: judge(measured, [goal]),
  }
  expect(JSON.parse(jsonOf(report))).toEqual({
    machine: thisMachine(),
    short: true,
    benchmarks: [
      {
        name: 'race',
        measures: 'a race',
        figures: [{ name: 'ratio', unit: '×', samples: [3, 1, 2], median: 2, least: 1, most: 3 }],
      },
    ],
    goals: [{ ...goal, verdict: 'ok', unit: '×', median: 2 }],
  })
})

test('the document keeps its words; only what stands between the marks is written', () => {
  const measured = raced([1])
  const report = { machine: thisMachine(), short: false, measured, judged: judge(measured, [goal]) }
  const text =
    'before <!-- figures: written by npm run bench -- --write --> old <!-- /figures --> after'
  const written = withFigures(text, report)
  expect(written).toMatch(/^before .*\| race: ratio \| ≥ 0.8 × \| 1 × \| ok \|.* after$/s)
  expect(written).not.toContain(' old ')
  expect(withFigures(written, report)).toBe(written)
})

test('a curve is drawn with each of its sizes', () => {
  const points = [[1_000, 2] as const, [3_000, 6] as const]
  const curve = { name: 'c', title: 'A curve', across: 'calls', up: 'MB', points }
  expect(drawCurve(curve)).toContain('6 at 3,000')
  expect(growth(points, 1_000, 3_000)).toBe(1)
})

test('a response counts once it is there whole', () => {
  expect(wholeResponse('HTTP/1.1 202 Accepted\r\nContent-Le')).toBeUndefined()
  expect(wholeResponse('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n')).toBe(202)
  expect(wholeResponse('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{')).toBeUndefined()
  const chunked = 'HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'
  expect(wholeResponse(chunked)).toBeUndefined()
  expect(wholeResponse(`${chunked}0\r\n\r\n`)).toBe(503)
})
