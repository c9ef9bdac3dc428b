/** The bot's charts: what can happen, where it is drawn, and how often it did. */
import { describe, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import type {
  CallDetail,
  ChartDetail,
  ChartState,
  ChartsPage,
  Coverage,
  Moment,
} from '../../src/admin/protocol.ts'
import { Stage } from './stage.ts'

const chart = (stage: Stage, query = '') => stage.get<ChartDetail>(`/charts/front-desk${query}`)

test('every chart of the bot is listed, and that of participants', async () => {
  await using stage = await Stage.open()
  await stage.rig.ring()
  const { charts } = await stage.get<ChartsPage>('/charts')
  expect(charts).toMatchObject([
    { id: 'front-desk', version: '1', calls: 1 },
    { id: 'participant', version: '1', calls: 0, statesVisited: 0 },
  ])
  const [desk] = charts
  expect(desk?.statesVisited).toBeGreaterThan(20)
  expect(desk?.statesVisited).toBeLessThan(desk?.states ?? 0)
})

test('every state has a box within that of its parent, and every line of it lies within the picture', async () => {
  await using stage = await Stage.open()
  const { root, geometry } = await chart(stage)
  const boxes = new Map(geometry.boxes.map((box) => [box.path, box]))
  expect([...boxes.keys()].toSorted()).toEqual(
    everyState(root)
      .map(({ path }) => path)
      .toSorted(),
  )
  for (const [path, box] of boxes) {
    const parent = boxes.get(path.split('.').slice(0, -1).join('.'))
    if (path === '' || !parent) continue
    expect(box.x, path).toBeGreaterThanOrEqual(parent.x)
    expect(box.y, path).toBeGreaterThanOrEqual(parent.y)
    expect(box.x + box.width, path).toBeLessThanOrEqual(parent.x + parent.width)
    expect(box.y + box.height, path).toBeLessThanOrEqual(parent.y + parent.height)
    for (const line of box.lines) {
      expect(line.x).toBeGreaterThan(box.x)
      expect(line.y).toBeLessThanOrEqual(box.y + box.height)
    }
  }
})

test('arrows name the transitions they stand for, and each of these is one of the chart', async () => {
  await using stage = await Stage.open()
  const { root, geometry } = await chart(stage)
  const ids = everyState(root).flatMap(({ transitions }) => transitions.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  const drawn = geometry.arrows.flatMap(({ transitions }) => transitions)
  expect(drawn.filter((id) => !ids.includes(id))).toEqual([])
  const desk = geometry.arrows.find(
    ({ from, to }) => from === 'scenario.choosing' && to === 'scenario.desk',
  )
  expect(desk?.transitions).toEqual(['scenario.choosing|tone.received|0'])
  expect(desk?.label?.lines.map(({ text }) => text).join(' ')).toContain('tone.received')
})

test('one state is drawn alone, or with names only', async () => {
  await using stage = await Stage.open()
  const alone = await chart(stage, '?path=scenario')
  expect(alone.geometry.boxes.map(({ path }) => path)).toContain('scenario.desk')
  expect(alone.geometry.boxes.map(({ path }) => path)).not.toContain('signalling')
  const names = await chart(stage, '?path=scenario&detail=names')
  expect(names.geometry.boxes.flatMap(({ lines }) => lines)).toEqual([])
})

describe('coverage', () => {
  test('counts every transition and every state that calls went through', async () => {
    await using stage = await Stage.open()
    for (const key of ['1', '1', '7']) {
      const call = await stage.rig.ring()
      call.finishPrompt()
      await stage.rig.settle()
      void call.press(key)
      await stage.rig.settle()
    }
    await stage.rig.ring('ann@contoso.com')
    const { coverage } = await chart(stage)
    expect(coverage.calls).toBe(4)
    expect(scenarioOf(coverage.states)).toEqual({
      '': 4,
      '.waiting': 4,
      '.greeting': 3,
      '.choosing': 3,
      '.desk': 3,
    })
    expect(scenarioOf(coverage.transitions)).toEqual({
      '.waiting|call.established|0': 1,
      '.waiting|call.established|1': 3,
      '.greeting|prompt.completed|0': 3,
      '.choosing|tone.received|0': 2,
    })
  })

  test('says the same as the calls themselves, turn by turn', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    call.finishPrompt()
    await stage.rig.settle()
    call.hangUp()
    await stage.rig.advance(60_000)
    const { coverage } = await chart(stage)
    const { timeline } = await stage.get<CallDetail>(`/calls/${call.id}`)
    const counted: Record<string, number> = {}
    for (let at = 1; at <= (timeline.at(-1)?.sequence ?? 0); at++) {
      const { taken } = await stage.get<Moment>(`/calls/${call.id}/at/${at}`)
      for (const id of taken) counted[id] = (counted[id] ?? 0) + 1
    }
    expect(coverage.transitions).toEqual(counted)
    expect(Object.keys(counted).length).toBeGreaterThan(10)
  })
})

test.each(['/charts/nobody', '/charts/front-desk?version=9', '/charts/front-desk?path=nowhere'])(
  'what is not there is 404, with what there is: %s',
  async (path) => {
    await using stage = await Stage.open(frontDesk)
    const response = await stage.ask(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      code: expect.stringMatching(/^(chart|state)\./),
      fix: expect.any(String),
    })
  },
)

function everyState(state: ChartState): readonly ChartState[] {
  return [state, ...state.states.flatMap(everyState)]
}

function scenarioOf(counts: Coverage['states']): Coverage['states'] {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) =>
      /^scenario\b/.test(name) ? [[name.slice('scenario'.length), count] as const] : [],
    ),
  )
}
