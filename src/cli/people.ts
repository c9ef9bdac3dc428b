/** People of the emulated world, and the keys they press, as a command line names them. */
import { InvalidArgumentError } from 'commander'
import { isGuid } from './registrations.ts'

/** Reads whom somebody means: an address, a phone number or an object id. */
export function person(text: string): string {
  if (/^[^@\s]+@[^@\s]+$/.test(text) || /^\+\d+$/.test(text) || isGuid(text)) return text
  throw new InvalidArgumentError('Give user@domain, + and digits, or an object id (GUID).')
}

/** Reads keys of a dial pad. */
export function dialKeys(text: string): string {
  if (/^[0-9*#A-D]*$/i.test(text)) return text
  throw new InvalidArgumentError('Give keys of a dial pad: 0-9, *, #, A-D.')
}
