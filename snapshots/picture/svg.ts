/** A laid out picture as SVG text: the same for the same chart, one element a line. */
import { measures, type PlacedArrow, type PlacedBox, type Point, sizeOf } from './placed.ts'
import { style } from './style.ts'
import type { Line } from './words.ts'

const MARGIN = 12

/** The picture as a document that stands alone. `name` is what a screen reader calls it. */
export function writeSvg(root: Omit<PlacedBox, 'x' | 'y'>, name: string): string {
  const [width, height] = [root.width + 2 * MARGIN, root.height + 2 * MARGIN]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(name)}</title>`,
    `<style>${style}</style>`,
    marker('head'),
    marker('quietHead'),
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...drawBox({ ...root, x: MARGIN, y: MARGIN }, 0, false),
    '</svg>',
    '',
  ].join('\n')
}

function marker(name: 'head' | 'quietHead'): string {
  const shape = `<path class="${name}" d="M0 0 10 5 0 10z"/>`
  return `<marker id="${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">${shape}</marker>`
}

function drawBox(placed: PlacedBox, depth: number, isRegion: boolean): readonly string[] {
  const { box, x, y, start } = placed
  const classes = ['state', depth % 2 === 0 ? 'odd' : 'even', isRegion ? 'region' : ''].join(' ')
  return [
    `<g class="${classes.trim()}" id="${escaped(box.path === '' ? 'root' : box.path)}" transform="translate(${x} ${y})">`,
    ...drawFrame(placed),
    ...drawHead(placed),
    ...placed.arrows.map(drawLine),
    ...(start ? [`<circle class="start" cx="${start.x}" cy="${start.y}" r="5"/>`] : []),
    ...placed.boxes.flatMap((each) => drawBox(each, depth + 1, box.type === 'parallel')),
    ...placed.arrows.flatMap(drawLabel),
    '</g>',
  ]
}

function drawFrame({ box, width, height }: PlacedBox): readonly string[] {
  const frame = (inset: number) =>
    `<rect class="frame" x="${inset}" y="${inset}" width="${width - 2 * inset}" height="${height - 2 * inset}" rx="${7 - inset}"/>`
  return box.type === 'final' ? [frame(0), frame(3)] : [frame(0)]
}

function drawHead({ box }: PlacedBox): readonly string[] {
  const { padding, title } = measures
  const at = { x: padding, y: title + 11 }
  const below = { x: at.x, y: at.y + box.deeds.length * measures.line }
  return [
    `<text class="title" x="${padding}" y="18">${escaped(box.title)}</text>`,
    ...drawLines(box.deeds, at, 'deed'),
    ...drawLines(box.reactions, below, 'event'),
  ]
}

function drawLines(lines: readonly Line[], { x, y }: Point, tone: string): readonly string[] {
  return lines.map(({ text, isMore }, index) => {
    const left = rounded(x + (isMore ? measures.indent : 0))
    return `<text class="${tone}" x="${left}" y="${rounded(y + index * measures.line)}">${escaped(text)}</text>`
  })
}

function drawLine({ points, isQuiet }: PlacedArrow): string {
  const [line, head] = isQuiet ? ['quiet', 'quietHead'] : ['arrow', 'head']
  return `<path class="${line}" d="${curve(points)}" marker-end="url(#${head})"/>`
}

function drawLabel({ lines, label }: PlacedArrow): readonly string[] {
  if (!label || lines.length === 0) return []
  const { width, height } = sizeOf(lines)
  const [left, top] = [rounded(label.x - width / 2), rounded(label.y - height / 2)]
  return [
    `<rect class="label" x="${left - 2}" y="${top}" width="${width + 4}" height="${height}" rx="3"/>`,
    ...drawLines(lines, { x: left, y: top + 11 }, 'event'),
  ]
}

/** A line with its corners rounded: straight to the middle of each stretch, bent round each point. */
function curve(points: readonly Point[]): string {
  const [first, ...others] = points
  const last = others.at(-1)
  if (!first || !last) return ''
  const bends = others.slice(0, -1).map((point, index) => {
    const next = others[index + 1] ?? last
    return `Q${point.x} ${point.y} ${rounded((point.x + next.x) / 2)} ${rounded((point.y + next.y) / 2)}`
  })
  return [`M${first.x} ${first.y}`, ...bends, `L${last.x} ${last.y}`].join(' ')
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

const codes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => codes.get(sign) ?? sign)
}
