import { describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { participantChart } from '../../machines/index.ts'
import { type ChartState, readChart } from '../../snapshots/chart.ts'
import { pictureChart } from '../../snapshots/picture/index.ts'
import { layOut } from '../../snapshots/picture/layout.ts'
import type { PlacedBox, Point, SizedBox } from '../../snapshots/picture/placed.ts'
import { type Box, type Detail, planPicture } from '../../snapshots/picture/plan.ts'
import { callCharts } from './blessed.ts'
import { light } from './light.ts'

const charts = [light, participantChart, ...(await callCharts())]

function planned(chart: (typeof charts)[number], path = '', detail: Detail = 'words'): Box {
  return planPicture(chart, path, detail) ?? expect.fail(`There is no state ${path}.`)
}

function everyState(state: ChartState): readonly ChartState[] {
  return [state, ...state.states.flatMap(everyState)]
}

function everyBox(box: Box): readonly Box[] {
  return [box, ...box.boxes.flatMap(everyBox)]
}

function everyPlaced(box: SizedBox): readonly SizedBox[] {
  return [box, ...box.boxes.flatMap(everyPlaced)]
}

const textOf = (lines: Box['deeds']) => lines.map(({ text }) => text).join(' ')

describe('a picture', () => {
  test.each(charts)('has a box for every state, and no other', (chart) => {
    const paths = everyBox(planned(chart)).map(({ path }) => path)
    expect(paths).toEqual(everyState(readChart(chart).root).map(({ path }) => path))
  })

  test.each(charts)('tells every transition of $id at an arrow or in its box', (chart) => {
    const boxes = everyBox(planned(chart))
    const arrows = boxes.flatMap((box) => box.arrows)
    const isPartOf = (path: string, box: string) => path === box || path.startsWith(`${box}.`)
    const untold = everyState(readChart(chart).root).flatMap(({ path, transitions }) =>
      transitions.filter(({ when }) => {
        const box = boxes.find((each) => each.path === path)
        const ways = arrows.filter(({ from }) => isPartOf(path, from))
        const told = [box?.reactions ?? [], ...ways.map(({ lines }) => lines)].map(textOf).join()
        return !told.includes(when.replace(/^after \d+$/, 'after ').replace(/^\d+\.\S+/, ''))
      }),
    )
    expect(untold).toEqual([])
  })

  test.each(charts)('keeps boxes of $id inside their box and apart from one another', (chart) => {
    for (const { boxes, width, height } of everyPlaced(layOut(planned(chart)))) {
      for (const box of boxes) {
        expect(Math.min(box.x, box.y), box.box.path).toBeGreaterThan(0)
        expect(box.x + box.width, box.box.path).toBeLessThan(width)
        expect(box.y + box.height, box.box.path).toBeLessThan(height)
        expect(boxes.filter((other) => other !== box && overlap(box, other))).toEqual([])
      }
    }
  })

  test.each(charts)('starts and ends every arrow of $id at the box it means', (chart) => {
    for (const { boxes, arrows } of everyPlaced(layOut(planned(chart)))) {
      const isAtBorder = (path: string, point: Point | undefined) =>
        boxes.some((box) => box.box.path === path && isOnBorder(box, point))
      for (const { from, to, points } of arrows) {
        expect(isAtBorder(to, points.at(-1)), `→ ${to}`).toBe(true)
        expect(from === ' ' || isAtBorder(from, points[0]), `${from} →`).toBe(true)
      }
    }
  })

  test.each(charts)('of $id runs nothing, fetches nothing and closes what it opens', (chart) => {
    const svg = pictureChart(chart, '') ?? ''
    expect(svg).not.toMatch(/<script|<foreignObject|<image|href|@import|\son\w+=/)
    expect(svg.match(/url\([^)]*\)/g)?.filter((url) => !url.startsWith('url(#'))).toEqual([])
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg'])
    expect(unclosed(svg)).toEqual([])
  })
})

describe('what a picture says', () => {
  const boxes = new Map(everyBox(planned(light)).map((box) => [box.path, box]))
  const arrows = [...boxes.values()].flatMap((box) =>
    box.arrows.map(({ from, to, lines }) => `${from} to ${to}: ${textOf(lines)}`),
  )

  test('an arrow has every transition between its ends, and says what starts or ends deeper', () => {
    expect(arrows).toEqual(
      expect.arrayContaining([
        'off to on: flip [isLate(22)] → high',
        'off to rooms: after patience (5 s)',
        'on to off: always [isDark] done',
        'on.low to on.high: up / assign, raise bell',
        'rooms.kitchen.a to rooms.kitchen.b: go',
      ]),
    )
  })

  test('what a state does by itself stands in its box', () => {
    expect(textOf(boxes.get('')?.deeds ?? [])).toBe('entry / ring')
    expect(textOf(boxes.get('off')?.deeds ?? [])).toBe('tags idle')
    expect(textOf(boxes.get('off')?.reactions ?? [])).toBe(
      'after 10 ms / ring flip [and(isDark, not(isDark))] / dim(2)',
    )
    expect(textOf(boxes.get('on')?.reactions ?? [])).toBe('again → low')
    expect(textOf(boxes.get('on.high')?.reactions ?? [])).toBe('up ↻')
    expect(textOf(boxes.get('rooms')?.deeds ?? [])).toBe('invoke ask as asking')
  })

  test('an invocation without an id of its own is told by its source', () => {
    const chart = createMachine({
      initial: 'a',
      states: { a: { invoke: { src: 'ask', onDone: 'b', onError: 'b' } }, b: {} },
    })
    const { boxes, arrows } = planned(chart)
    expect(textOf(boxes[0]?.deeds ?? [])).toBe('invoke ask')
    expect(textOf(arrows[0]?.lines ?? [])).toBe('ask done, ask failed')
  })

  test('delays are told as people tell time', () => {
    const after = { 500: 'b', 1500: 'b', 15000: 'b', 2700000: 'b', 5400000: 'b' } as const
    const chart = createMachine({ initial: 'a', states: { a: { after }, b: {} } })
    const [arrow] = planned(chart).arrows
    expect(textOf(arrow?.lines ?? [])).toBe(
      'after 1.5 s, after 15 s, after 45 min, after 500 ms, after 1.5 h',
    )
  })

  test('where many roads lead to one state, each box tells its own and the arrows stay bare', () => {
    const states = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [name, { on: { stop: 'end' } }]),
    )
    const chart = createMachine({ initial: 'a', states: { ...states, end: { type: 'final' } } })
    const { arrows, boxes } = planned(chart)
    expect(arrows.map(({ lines }) => lines)).toEqual([[], [], [], []])
    expect(boxes.map(({ reactions }) => textOf(reactions))).toEqual([
      ...Array(4).fill('stop → end'),
      '',
    ])
  })

  test('by names only, every state and arrow is there and says nothing else', () => {
    const whole = everyBox(planned(light))
    const named = everyBox(planned(light, '', 'names'))
    const ends = (boxes: typeof whole) =>
      boxes.map(({ path, arrows }) => [path, ...arrows.map(({ from, to }) => `${from} ${to}`)])
    expect(ends(named)).toEqual(ends(whole))
    const words = named.flatMap(({ deeds, reactions, arrows }) => [
      ...deeds,
      ...reactions,
      ...arrows.flatMap(({ lines }) => lines),
    ])
    expect(words).toEqual([])
  })

  test('one state can be drawn alone, and one that is not there is not drawn', () => {
    expect(planned(light, 'rooms.kitchen').boxes.map(({ path }) => path)).toEqual([
      'rooms.kitchen.a',
      'rooms.kitchen.b',
    ])
    expect(pictureChart(light, 'cellar')).toBeUndefined()
  })
})

describe('how a picture is drawn', () => {
  const svg = pictureChart(light, '') ?? ''

  test('a final state has two frames, a region a dashed one, a compound state a dot to start at', () => {
    const within = (path: string) => new RegExp(`id="${path}".*?</g>`, 's').exec(svg)?.[0] ?? ''
    expect(within('on.burnt').match(/class="frame"/g)).toHaveLength(2)
    expect(svg).toMatch(/class="state \w+ region" id="rooms.kitchen"/)
    expect(within('rooms.kitchen')).toContain('<circle class="start"')
  })

  test('it has colours for day and for night, and a name for who cannot see it', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)')
    expect(svg).toContain('<title>The chart light 3</title>')
  })

  test('text is escaped', () => {
    const chart = createMachine({ id: 'a<b', on: { go: { guard: 'x>1&"y"' } } })
    expect(pictureChart(chart, '')).toContain('go [x&gt;1&amp;&quot;y&quot;]')
    expect(pictureChart(chart, '')).toContain('>a&lt;b</text>')
  })

  test('it is the same whatever order the states and events are written in', () => {
    const one = { on: { x: 'b', y: 'b' } } as const
    const other = { on: { y: 'b', x: 'b' } } as const
    const first = createMachine({ id: 'm', initial: 'a', states: { a: one, b: {} } })
    const second = createMachine({ id: 'm', initial: 'a', states: { b: {}, a: other } })
    expect(pictureChart(second, '')).toBe(pictureChart(first, ''))
  })
})

function overlap(one: PlacedBox, other: PlacedBox): boolean {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x
  const isBelow = one.y + one.height <= other.y || other.y + other.height <= one.y
  return !isBeside && !isBelow
}

/** To a pixel: dagre counts in fractions. */
function isOnBorder({ x, y, width, height }: PlacedBox, point: Point | undefined): boolean {
  if (!point) return false
  const [dx, dy] = [Math.abs(point.x - x - width / 2), Math.abs(point.y - y - height / 2)]
  const isInside = dx <= width / 2 + 1 && dy <= height / 2 + 1
  return isInside && (dx >= width / 2 - 1 || dy >= height / 2 - 1)
}

function unclosed(svg: string): readonly string[] {
  const open: string[] = []
  for (const [, end, name = '', alone] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (alone === '/') continue
    if (end === '') open.push(name)
    else if (open.at(-1) === name) open.pop()
    else return [...open, `/${name}`]
  }
  return open
}
