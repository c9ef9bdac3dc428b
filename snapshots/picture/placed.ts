/** Boxes and arrows with their sizes and places, and how much room text takes. */
import type { Arrow, Box } from './plan.ts'
import type { Line } from './words.ts'

export type Point = { readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }

/** A box that knows its size and all that is in it, but not its own place. */
export type SizedBox = Size & {
  readonly box: Box
  readonly boxes: readonly PlacedBox[]
  readonly arrows: readonly PlacedArrow[]
  /** The middle of the dot that the initial arrow starts from. */
  readonly start?: Point | undefined
}

/** A box at its place in the box around it. */
export type PlacedBox = SizedBox & Point

export type PlacedArrow = Arrow & {
  readonly points: readonly Point[]
  /** The middle of its label. */
  readonly label?: Point | undefined
}

/** Pixels, by a type of fixed width: so no font need be there to measure. */
export const measures = {
  line: 15,
  character: 6.7,
  title: 24,
  titleCharacter: 8,
  indent: 14,
  padding: 10,
  start: 12,
} as const

/** The room that lines of text take. */
export function sizeOf(lines: readonly Line[]): Size {
  const widths = lines.map(
    ({ text, isMore }) => text.length * measures.character + (isMore ? measures.indent : 0),
  )
  return { width: Math.ceil(Math.max(0, ...widths)), height: lines.length * measures.line }
}
