/** One person, as records name them: by an id, an address or a number, in whatever spelling. */
import { StoreError } from './errors.ts'

/** Whether any of these JSON texts names the person. */
export type Person = { readonly isNamedIn: (texts: Iterable<string>) => boolean }

const LEAST_LETTERS = 5
const GUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i
const PHONE = /^\+[\d\s().-]+$/

/**
 * The person with an object id, an address (`bob@contoso.com`) or a phone number (`+1 425 555 0100`). Throws
 * `StoreError` (`person.unclear`) for what could be a part of many words.
 */
export function personNamed(text: string): Person {
  const found = patternOf(text.trim())
  // Letters before or after would make it another name: jimbob@contoso.com, bob@contoso.com.au.
  const whole = new RegExp(`(?<![\\w.%+-])${found}(?![\\w%+@-]|\\.\\w)`, 'i')
  const anywhere = new RegExp(found, 'i')
  return {
    isNamedIn: (texts) => {
      for (const each of texts) {
        // Most texts name somebody else: only one that may name them is read.
        if (anywhere.test(each) && isIn(JSON.parse(each), whole)) return true
      }
      return false
    },
  }
}

function patternOf(text: string): string {
  if (GUID.test(text)) return text.replaceAll('-', '').split('').join('-?')
  const plain = PHONE.test(text) ? text.replace(/[^+\d]/g, '') : text
  if (plain.length < LEAST_LETTERS || /["\\\s]/.test(plain)) throw unclear(text)
  return plain.replace(/[.*+?^${}()|[\]]/g, '\\$&')
}

/** Names of members may be people too: a map by participant. */
function isIn(value: unknown, whole: RegExp): boolean {
  if (typeof value === 'string') return whole.test(value)
  if (Array.isArray(value)) return value.some((each) => isIn(each, whole))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => whole.test(name) || isIn(member, whole))
}

function unclear(text: string): StoreError {
  return new StoreError(
    'person.unclear',
    `"${text}" names nobody for certain.`,
    'Give an object id, a whole address or a phone number with its +.',
  )
}
