/** Times and counts as people read them. */

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
