/** A laid out picture as plain numbers: all boxes and arrows of it, each at its place in the whole. */
import type { PlacedArrow, PlacedBox, Point, Size, SizedBox } from './placed.ts'
import type { Box } from './plan.ts'
import { curve, labelOf, linesOf, type PlacedLabel, type PlacedLine, rounded } from './shapes.ts'

/** Where everything stands, in pixels. */
export type Geometry = Size & {
  /** Outer boxes before what is in them. */
  readonly boxes: readonly GeometryBox[]
  readonly arrows: readonly GeometryArrow[]
}

export type GeometryBox = Point &
  Size & {
    /** Dotted path from the chart's root; the root itself is `''`. */
    readonly path: string
    readonly title: string
    readonly type: Box['type']
    readonly depth: number
    /** A region of a parallel state. */
    readonly isRegion: boolean
    readonly lines: readonly PlacedLine[]
    /** The dot that the arrow to the initial state starts from. */
    readonly start?: Point | undefined
  }

export type GeometryArrow = {
  /** Path of the box it stands in. */
  readonly within: string
  readonly from: string
  readonly to: string
  readonly transitions: readonly string[]
  /** An SVG path. */
  readonly d: string
  readonly isQuiet: boolean
  readonly label?: PlacedLabel | undefined
}

/** Everything in a picture, and how large it is. */
export function geometryOf(root: SizedBox): Geometry {
  const whole = { ...root, x: 0, y: 0 }
  return {
    width: root.width,
    height: root.height,
    boxes: boxesIn(whole, { x: 0, y: 0 }, 0, false),
    arrows: arrowsIn(whole, { x: 0, y: 0 }),
  }
}

function boxesIn(
  placed: PlacedBox,
  around: Point,
  depth: number,
  isRegion: boolean,
): readonly GeometryBox[] {
  const { box, width, height, start } = placed
  const corner = moved(placed, around)
  const { path, title, type } = box
  const own: GeometryBox = {
    ...corner,
    width,
    height,
    path,
    title,
    type,
    depth,
    isRegion,
    lines: linesOf(box).map((line) => ({ ...line, ...moved(line, corner) })),
    ...(start && { start: moved(start, corner) }),
  }
  const within = placed.boxes.flatMap((each) =>
    boxesIn(each, corner, depth + 1, type === 'parallel'),
  )
  return [own, ...within]
}

function arrowsIn(placed: PlacedBox, around: Point): readonly GeometryArrow[] {
  const corner = moved(placed, around)
  return [
    ...placed.arrows.map((arrow) => arrowIn(placed.box.path, arrow, corner)),
    ...placed.boxes.flatMap((each) => arrowsIn(each, corner)),
  ]
}

function arrowIn(within: string, arrow: PlacedArrow, corner: Point): GeometryArrow {
  const { to, transitions, isQuiet, points } = arrow
  const label = labelOf(arrow)
  return {
    within,
    // The dot that an initial arrow starts from has no path.
    from: arrow.from.trim(),
    to,
    transitions,
    d: curve(points.map((point) => moved(point, corner))),
    isQuiet,
    ...(label && {
      label: {
        ...label,
        ...moved(label, corner),
        lines: label.lines.map((line) => ({ ...line, ...moved(line, corner) })),
      },
    }),
  }
}

function moved({ x, y }: Point, by: Point): Point {
  return { x: rounded(x + by.x), y: rounded(y + by.y) }
}
