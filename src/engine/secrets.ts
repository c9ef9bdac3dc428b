/** Private values on their way out of memory: an invocation's input is stored without them. */

/** Shorter private texts are looked for as whole values only: `1` stands in many places by chance. */
const TELLING_LENGTH = 6

/** A value without what stands under `context.private`, and whether anything had to be left out. */
export type Redacted = { readonly value: unknown; readonly isLacking: boolean }

/** Removes from `value` whatever equals, or tells, one of the private texts and numbers. */
export function withoutSecrets(value: unknown, secret: unknown): Redacted {
  const secrets = leavesOf(secret)
  if (secrets.length === 0) return { value, isLacking: false }
  let isLacking = false
  const redact = (part: unknown): unknown => {
    if (typeof part === 'string' || typeof part === 'number') {
      if (!secrets.some((each) => tells(part, each))) return part
      isLacking = true
      return undefined
    }
    if (Array.isArray(part)) return part.map(redact)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, redact(inner)]))
  }
  return { value: redact(value), isLacking }
}

type Leaf = string | number

function tells(part: Leaf, secret: Leaf): boolean {
  if (String(part) === String(secret)) return true
  const text = String(secret)
  return text.length >= TELLING_LENGTH && String(part).includes(text)
}

function leavesOf(value: unknown): readonly Leaf[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(leavesOf)
}
