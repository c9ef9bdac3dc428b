/** What a picture is drawn of: lines of text, labels and curves, each at its place in the box around it. */
import { measures, type PlacedArrow, type Point, type Size, sizeOf } from './placed.ts'
import type { Box } from './plan.ts'
import type { Line } from './words.ts'

/** A line of text; its place is the left end of its baseline. */
export type PlacedLine = Point & { readonly text: string; readonly tone: 'deed' | 'event' }

/** The words at an arrow, and the box behind them. */
export type PlacedLabel = Point & Size & { readonly lines: readonly PlacedLine[] }

/** What stands in a box below its title. */
export function linesOf({ deeds, reactions }: Box): readonly PlacedLine[] {
  const { padding, title, line } = measures
  const at = { x: padding, y: title + 11 }
  const below = { x: at.x, y: at.y + deeds.length * line }
  return [...placed(deeds, at, 'deed'), ...placed(reactions, below, 'event')]
}

/** The words at an arrow that has any. */
export function labelOf({ lines, label }: PlacedArrow): PlacedLabel | undefined {
  if (!label || lines.length === 0) return undefined
  const { width, height } = sizeOf(lines)
  const [left, top] = [rounded(label.x - width / 2), rounded(label.y - height / 2)]
  return {
    x: left - 2,
    y: top,
    width: width + 4,
    height,
    lines: placed(lines, { x: left, y: top + 11 }, 'event'),
  }
}

/** A line with its corners rounded: straight to the middle of each stretch, bent round each point. */
export function curve(points: readonly Point[]): string {
  const [first, ...others] = points
  const last = others.at(-1)
  if (!first || !last) return ''
  const bends = others.slice(0, -1).map((point, index) => {
    const next = others[index + 1] ?? last
    return `Q${point.x} ${point.y} ${rounded((point.x + next.x) / 2)} ${rounded((point.y + next.y) / 2)}`
  })
  return [`M${first.x} ${first.y}`, ...bends, `L${last.x} ${last.y}`].join(' ')
}

/** Tenths of a pixel are enough. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function placed(
  lines: readonly Line[],
  { x, y }: Point,
  tone: PlacedLine['tone'],
): readonly PlacedLine[] {
  return lines.map(({ text, isMore }, index) => ({
    text,
    tone,
    x: rounded(x + (isMore ? measures.indent : 0)),
    y: rounded(y + index * measures.line),
  }))
}
