/** A laid out picture as SVG text: the same for the same chart, one element a line. */
import { measures, type PlacedArrow, type PlacedBox } from './placed.ts'
import { curve, labelOf, linesOf, type PlacedLine } from './shapes.ts'
import { style } from './style.ts'

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
  return [
    `<text class="title" x="${measures.padding}" y="18">${escaped(box.title)}</text>`,
    ...linesOf(box).map(drawText),
  ]
}

function drawText({ text, tone, x, y }: PlacedLine): string {
  return `<text class="${tone}" x="${x}" y="${y}">${escaped(text)}</text>`
}

function drawLine({ points, isQuiet }: PlacedArrow): string {
  const [line, head] = isQuiet ? ['quiet', 'quietHead'] : ['arrow', 'head']
  return `<path class="${line}" d="${curve(points)}" marker-end="url(#${head})"/>`
}

function drawLabel(arrow: PlacedArrow): readonly string[] {
  const label = labelOf(arrow)
  if (!label) return []
  const { x, y, width, height, lines } = label
  return [
    `<rect class="label" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>`,
    ...lines.map(drawText),
  ]
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
