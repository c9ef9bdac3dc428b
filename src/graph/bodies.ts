/**
 * Bodies as JSON. A full roster of a large call is told again whenever one person mutes, and is nearly the text
 * it was before: of such a body only the entries whose text is new are parsed.
 */
import { provenJson } from './json.ts'

/** Shorter bodies are parsed faster than they are compared. */
const LEAST_LENGTH = 8_192

/** Characters of rosters remembered over all calls; the longest unused are forgotten beyond this. */
const MOST_REMEMBERED = 64 * 1024 * 1024

/** How far ahead an entry is looked for where people have come or gone. */
const WINDOW = 4

/** Stands in a list for the entries that are not parsed with it. */
const PLACE = '…'

/** The entries of a body, but for the first and the last: the text of each, and what it says. */
type Remembered = {
  readonly length: number
  readonly texts: readonly string[]
  readonly entries: readonly object[]
}

/** A list's first entry as far as its type, whose repetition tells where each of the others begins. */
const firstEntry = /"resourceData"\s*:\s*\[\s*(\{\s*"@odata\.type"\s*:\s*"[^"\\]{1,80}"\s*,)/

export class Bodies {
  readonly #remembered = new Map<string, Remembered>()
  #length = 0

  /** The body's value, as `JSON.parse` gives it and with its errors; `key` names the call it is about. */
  read(key: string | undefined, text: string): unknown {
    const isLong = key !== undefined && text.length >= LEAST_LENGTH
    return (isLong ? this.#reread(key, text) : undefined) ?? JSON.parse(text)
  }

  #reread(key: string, text: string): unknown {
    const [, opening] = firstEntry.exec(text.slice(0, LEAST_LENGTH)) ?? []
    if (opening === undefined) return undefined
    // No string of valid JSON holds this: its quotes are bare, so an entry ends and another begins here.
    const [first = '', ...texts] = text.split(`},${opening}`)
    const last = texts.pop()
    if (last === undefined || texts.length === 0) return undefined
    try {
      const body: unknown = JSON.parse(`${first}},"${PLACE}",${opening}${last}`)
      const list = listIn(body)
      if (!list) return undefined
      const entries = entriesOf(texts, opening, this.#remembered.get(key))
      this.#remember(key, { length: text.length, texts, entries })
      list.splice(1, 1, ...entries)
      return body
    } catch {
      // An entry does not stand for itself: the body is read as a whole, or refused as such.
      return undefined
    }
  }

  #remember(key: string, remembered: Remembered): void {
    this.#forget(key)
    this.#remembered.set(key, remembered)
    this.#length += remembered.length
    for (const oldest of this.#remembered.keys()) {
      if (this.#length <= MOST_REMEMBERED) break
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    this.#length -= this.#remembered.get(key)?.length ?? 0
    this.#remembered.delete(key)
  }
}

/** The only notification's resources, in which the others' place is kept. */
function listIn(body: unknown): unknown[] | undefined {
  if (typeof body !== 'object' || body === null || !('value' in body)) return undefined
  const [item, ...others]: unknown[] = Array.isArray(body.value) ? body.value : []
  if (others.length > 0 || typeof item !== 'object' || item === null) return undefined
  const list = 'resourceData' in item ? item.resourceData : undefined
  return Array.isArray(list) && list[1] === PLACE && list.length === 3 ? list : undefined
}

function entriesOf(
  texts: readonly string[],
  opening: string,
  before: Remembered | undefined,
): readonly object[] {
  let next = 0
  const find = (text: string) => {
    for (let place = next; place < next + WINDOW; place++) {
      if (before?.texts[place] !== text) continue
      next = place + 1
      return before.entries[place]
    }
    return undefined
  }
  return texts.map((text) => find(text) ?? provenJson(JSON.parse(`${opening}${text}}`)))
}
