/** Times, spans and counts as people read them. */

/** A time of day to the second: `14:03:07`. */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB')
}

/** A time of day to the millisecond: `14:03:07.120`. */
export function exactTime(atMs: number): string {
  return `${timeOfDay(atMs)}.${String(Math.floor(atMs) % 1000).padStart(3, '0')}`
}

/** A date and time of day, for what may be days old. */
export function fullTime(atMs: number): string {
  return new Date(atMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** How long something takes or took: `850 ms`, `12 s`, `4 min`, `2 h 5 min`. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 60_000) return `${Math.floor(ms / 1_000)} s`
  const at = units.findIndex(([, size]) => ms >= size)
  const [unit, size] = units[at] ?? units[2]
  const below = units[at + 1]
  const rest = below ? Math.floor((ms % size) / below[1]) : 0
  return `${Math.floor(ms / size)} ${unit}${below && rest > 0 ? ` ${rest} ${below[0]}` : ''}`
}

const counts = new Intl.NumberFormat('en-US')

/** A count with its thousands set apart. */
export function count(value: number): string {
  return counts.format(value)
}

/** `1 call`, `2 calls`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A rate a second: `0`, `0.4`, `12`, `1,200`. */
export function rate(perSecond: number): string {
  return perSecond < 10 ? String(Math.round(perSecond * 10) / 10) : count(Math.round(perSecond))
}
