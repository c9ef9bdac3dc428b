/** The states within a compound state, in ranks along its arrows: dagre's layout. */
import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre'
import type { Inside } from './pack.ts'
import {
  measures,
  type PlacedArrow,
  type PlacedBox,
  type Point,
  type Size,
  type SizedBox,
  sizeOf,
} from './placed.ts'
import type { Arrow, Box } from './plan.ts'

type Direction = 'TB' | 'LR'

/** Names the dot where the initial arrow starts; no path can be this. */
const START = ' '

/** Downwards or to the right, whichever makes the better page. */
export function ranked(box: Box, boxes: readonly SizedBox[]): Inside {
  const [down, right] = [rankedTo('TB', box, boxes), rankedTo('LR', box, boxes)]
  return badness(right) < badness(down) ? right : down
}

/** The area of the page it would be drawn on, were pages half as wide again as high. */
function badness({ width, height }: Size): number {
  return Math.max(width, height * 1.5) ** 2 + width * height
}

function rankedTo(rankdir: Direction, box: Box, boxes: readonly SizedBox[]): Inside {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>()
  graph.setGraph({ rankdir, nodesep: 28, edgesep: 16, ranksep: 34, marginx: 6, marginy: 6 })
  const first: Arrow = {
    from: START,
    to: box.initial ?? '',
    lines: [],
    transitions: [],
    isQuiet: false,
  }
  const loud = box.arrows.filter(isLoud)
  const arrows = box.initial === undefined ? loud : [first, ...loud]
  graph.setNode(START, { width: measures.start, height: measures.start })
  for (const { box, width, height } of boxes) graph.setNode(box.path, { width, height })
  for (const { from, to, lines } of arrows) {
    const { width, height } = sizeOf(lines)
    graph.setEdge(from, to, { width: width + 8, height: height + 2, labelpos: 'c' })
  }
  for (const { from, to } of anchors(box)) graph.setEdge(from, to, { width: 0, height: 0 })
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  const placed = boxes.map((each) => ({ ...each, ...cornerOf(graph.node(each.box.path)) }))
  const loudPlaced = arrows.map((arrow): PlacedArrow => {
    const { points = [], ...label } = graph.edge(arrow.from, arrow.to)
    return { ...arrow, points: points.map(rounded), label: rounded(label) }
  })
  const quietPlaced = box.arrows
    .filter((arrow) => !isLoud(arrow))
    .map((arrow) => ({ ...arrow, points: straight(arrow, placed) }))
  return {
    width,
    height,
    boxes: placed,
    arrows: [...quietPlaced, ...loudPlaced],
    start: rounded(graph.node(START)),
  }
}

function isLoud({ isQuiet }: Arrow): boolean {
  return !isQuiet
}

/**
 * Quiet arrows have no say in the layout: with dozens of them every state would have a rank of its own.
 * But a box that no other arrow holds is placed after the last box that leads to it.
 */
function anchors({ arrows, initial, boxes }: Box): readonly Arrow[] {
  const order = byDistance(initial ?? '', arrows)
  const held = new Set([initial, ...arrows.filter(isLoud).map(({ to }) => to)])
  return boxes.flatMap(({ path }) => {
    if (held.has(path)) return []
    const before = arrows
      .filter(({ from, to }) => to === path && order.indexOf(from) < order.indexOf(path))
      .toSorted((one, other) => order.indexOf(one.from) - order.indexOf(other.from))
    return before.slice(-1)
  })
}

/** Boxes in the order in which their steps from the first are counted. */
function byDistance(first: string, arrows: readonly Arrow[]): readonly string[] {
  const reached = new Set([first])
  for (const path of reached) for (const { from, to } of arrows) if (from === path) reached.add(to)
  return [...reached]
}

/** From border to border, behind whatever stands between. */
function straight({ from, to }: Arrow, placed: readonly PlacedBox[]): readonly Point[] {
  const [source, target] = [from, to].map((path) => placed.find(({ box }) => box.path === path))
  if (!source || !target) return []
  return [borderOf(source, centreOf(target)), borderOf(target, centreOf(source))]
}

function centreOf({ x, y, width, height }: PlacedBox): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

/** Where the line from a box's centre to a point leaves the box. */
function borderOf(box: PlacedBox, to: Point): Point {
  const centre = centreOf(box)
  const [dx, dy] = [to.x - centre.x, to.y - centre.y]
  const share = Math.min(box.width / 2 / Math.abs(dx), box.height / 2 / Math.abs(dy))
  return rounded({ x: centre.x + dx * share, y: centre.y + dy * share })
}

function cornerOf({ x = 0, y = 0, width, height }: NodeLabel): Point {
  return rounded({ x: x - width / 2, y: y - height / 2 })
}

/** Tenths of a pixel are enough, and make for short differences. */
function rounded({ x = 0, y = 0 }: { readonly x?: number; readonly y?: number }): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}
