/** Where everything in a picture stands, from the inside out: a box must know what it holds. */
import { packed } from './pack.ts'
import { measures, type Point, type Size, type SizedBox, sizeOf } from './placed.ts'
import type { Box } from './plan.ts'
import { ranked } from './rank.ts'

/** Lays out a box and all that is in it. */
export function layOut(box: Box): SizedBox {
  const head = headSize(box)
  if (box.boxes.length === 0) return { box, ...head, boxes: [], arrows: [] }
  const sized = box.boxes.map(layOut)
  const inside = box.type === 'parallel' ? packed(sized) : ranked(box, sized)
  const { padding } = measures
  const moved = <Placed extends Point>(placed: Placed): Placed => ({
    ...placed,
    x: placed.x + padding,
    y: placed.y + head.height,
  })
  return {
    box,
    width: Math.ceil(Math.max(head.width, inside.width + 2 * padding)),
    height: Math.ceil(head.height + inside.height + padding),
    boxes: inside.boxes.map(moved),
    arrows: inside.arrows.map((arrow) => ({
      ...arrow,
      points: arrow.points.map(moved),
      label: arrow.label && moved(arrow.label),
    })),
    start: inside.start && moved(inside.start),
  }
}

function headSize({ title, deeds, reactions }: Box): Size {
  const { padding, title: titleHeight, titleCharacter } = measures
  const text = sizeOf([...deeds, ...reactions])
  return {
    width: Math.ceil(Math.max(60, text.width, title.length * titleCharacter) + 2 * padding),
    height: titleHeight + text.height + padding,
  }
}
