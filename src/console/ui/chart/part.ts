/** A part of a laid out chart, at the place where the whole has it. */
import type { Geometry } from '../../../admin/protocol.ts'

export type PlacedGeometry = Geometry & { readonly x: number; readonly y: number }

/** The whole. */
export function wholeOf(geometry: Geometry): PlacedGeometry {
  return { x: 0, y: 0, ...geometry }
}

/** One state with all that is in it; the whole where there is no such state. */
export function partOf(geometry: Geometry, path: string): PlacedGeometry {
  const frame = geometry.boxes.find((box) => box.path === path)
  if (!frame) return wholeOf(geometry)
  const isIn = (other: string) => other === path || other.startsWith(`${path}.`)
  const { x, y, width, height } = frame
  return {
    ...{ x, y, width, height },
    boxes: geometry.boxes.filter((box) => isIn(box.path)),
    arrows: geometry.arrows.filter((arrow) => isIn(arrow.within)),
  }
}
