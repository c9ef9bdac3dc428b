/** Spans of time as people say them, wherever one is told. */

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

/** A count that is still read at a glance. */
const MOST = 120

/** Minutes from which on seconds say nothing any more. */
const LONG_MS = 600_000

/** A span as it was set, nothing of it lost: `500 ms`, `2.75 s`, `1.5 min`, `1 h`, `1 h 1 min 1 s`. */
export function exactSpan(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  if (ms < 60_000) return `${ms / 1_000} s`
  const [unit, size] = units.find(([, size]) => ms >= size && ms % (size / 2) === 0) ?? ['ms', 1]
  if (ms / size < MOST) return `${ms / size} ${unit}`
  const parts = units.map(([unit, size], at) => {
    const [, above = Number.POSITIVE_INFINITY] = units[at - 1] ?? []
    return [Math.floor((ms % above) / size), unit] as const
  })
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ')
}

/** A span as it runs, told anew every second: `850 ms`, `12 s`, `4 min 5 s`, `45 min`, `2 h 5 min`. */
export function roughSpan(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`
  const at = units.findIndex(([, size]) => ms >= size)
  const [[unit, size], below] = [units[at] ?? units[3], units[at + 1]]
  const isWhole = ms < 60_000 || (ms >= LONG_MS && unit === 'min')
  const rest = below && !isWhole ? Math.floor((ms % size) / below[1]) : 0
  return `${Math.floor(ms / size)} ${unit}${below && rest > 0 ? ` ${rest} ${below[0]}` : ''}`
}

/** The delay of a state as it stands in a chart: milliseconds, or a name, which stays as it is. */
export function delaySpan(delay: string): string {
  return /^\d+$/.test(delay) ? exactSpan(Number(delay)) : delay
}
