/** A curve as a picture: axes from nought, a dot and a figure for each size, and what linear would be. */
import type { Curve } from './harness.ts'
import { rounded } from './report.ts'

const WIDTH = 560
const HEIGHT = 300
const EDGE = { left: 56, right: 70, top: 40, bottom: 48 }

export function drawCurve({ title, across, up, points }: Curve): string {
  const most = {
    size: Math.max(...points.map(([size]) => size)),
    value: Math.max(...points.map(([, value]) => value)),
  }
  const x = (size: number) => EDGE.left + (size / most.size) * (WIDTH - EDGE.left - EDGE.right)
  const y = (value: number) =>
    HEIGHT - EDGE.bottom - (value / most.value) * (HEIGHT - EDGE.top - EDGE.bottom)
  const [lastSize = 0, lastValue = 0] = points.at(-1) ?? []
  const line = points.map(([size, value]) => `${fixed(x(size))},${fixed(y(value))}`).join(' ')
  const dots = points.map(
    ([size, value]) =>
      `<circle cx="${fixed(x(size))}" cy="${fixed(y(value))}" r="3.5" fill="#0969da"/>` +
      text(x(size) + 7, y(value) + 14, `${rounded(value)} at ${rounded(size)}`, 'start'),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${EDGE.left}" y="22" font-size="14" fill="#1f2328">${title}</text>`,
    axis(x(0), y(0), x(most.size), y(0)),
    axis(x(0), y(0), x(0), y(most.value)),
    text((x(0) + x(most.size)) / 2, HEIGHT - 14, across, 'middle'),
    text(x(0) - 8, y(most.value) - 6, up, 'start'),
    `<line x1="${x(0)}" y1="${y(0)}" x2="${fixed(x(lastSize))}" y2="${fixed(y(lastValue))}" stroke="#afb8c1" stroke-dasharray="4 4"/>`,
    `<polyline points="${line}" fill="none" stroke="#0969da" stroke-width="2"/>`,
    ...dots,
    '</svg>',
    '',
  ].join('\n')
}

function axis(fromX: number, fromY: number, toX: number, toY: number): string {
  return `<line x1="${fromX}" y1="${fromY}" x2="${toX}" y2="${toY}" stroke="#656d76"/>`
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle'): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" fill="#656d76">${words}</text>`
}

function fixed(value: number): string {
  return value.toFixed(1)
}
