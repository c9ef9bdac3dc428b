/** Regions of a parallel state in little room: the tallest first, smaller ones below one another. */
import type { PlacedArrow, PlacedBox, Point, Size, SizedBox } from './placed.ts'

/** What a layout makes of the boxes within a box. */
export type Inside = Size & {
  readonly boxes: readonly PlacedBox[]
  readonly arrows: readonly PlacedArrow[]
  readonly start?: Point
}

const GAP = 14

/** How much wider than high a picture is wanted. */
const ASPECT = 1.4

/** Shelves of columns: the first box of a shelf gives its height, each column is filled from above. */
export function packed(boxes: readonly SizedBox[]): Inside {
  const left = boxes.toSorted((one, other) => other.height - one.height)
  const area = left.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0)
  const wanted = Math.max(Math.sqrt(area * ASPECT), ...left.map(({ width }) => width))
  const placed: PlacedBox[] = []
  let top = 0
  while (left.length > 0) {
    const shelf = fillShelf(left, wanted)
    placed.push(...shelf.map((box) => ({ ...box, y: box.y + top })))
    top += Math.max(...shelf.map(({ y, height }) => y + height)) + GAP
  }
  const width = Math.max(...placed.map((box) => box.x + box.width))
  return { width, height: top - GAP, boxes: placed, arrows: [] }
}

/** Takes out of `left` what one shelf holds. */
function fillShelf(left: SizedBox[], wanted: number): readonly PlacedBox[] {
  const shelfHeight = left[0]?.height ?? 0
  const placed: PlacedBox[] = []
  let x = 0
  for (;;) {
    const first = takeFirst(left, ({ width }) => x === 0 || x + width <= wanted)
    if (!first) return placed
    let y = 0
    for (let next: SizedBox | undefined = first; next; ) {
      placed.push({ ...next, x, y })
      y += next.height + GAP
      next = takeFirst(
        left,
        ({ width, height }) => width <= first.width && y + height <= shelfHeight,
      )
    }
    x += first.width + GAP
  }
}

function takeFirst(left: SizedBox[], fits: (box: SizedBox) => boolean): SizedBox | undefined {
  const index = left.findIndex(fits)
  return index < 0 ? undefined : left.splice(index, 1)[0]
}
