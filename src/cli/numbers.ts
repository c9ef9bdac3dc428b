/** Numbers as a command line gives them; what is none, or out of its range, is refused by name. */
import { InvalidArgumentError } from 'commander'

/** Reads a whole number of a range. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`Give a whole number ${rangeOf(least, most)}.`)
  }
}

/** Reads a number of a range, which may be a fraction. */
export function number(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`Give a number ${rangeOf(least, most)}.`)
  }
}

/** Reads a port; 0 is any free one. */
export const port = whole(0, 65_535)

function rangeOf(least: number, most: number): string {
  return most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`
}
