/** What Graph or an author says, made fit for a log: who is who is for the database only. */

/** Looked for from where a word begins: from each of its letters would take hours on a text without spaces. */
const ADDRESS = /(?<![^\s"'<>()])[^\s"'<>()]+@[^\s"'<>()]+/g
const NUMBER = /\+\d[\d ().-]{4,}\d|\b\d{9,}\b/g

/** The text without addresses and phone numbers. */
export function withoutPeople(text: string): string {
  return text.replace(ADDRESS, '(address)').replace(NUMBER, '(number)')
}

/** A fault or result, its message made fit to be told. */
export function discreet<Told extends { readonly message?: string | undefined }>(told: Told): Told {
  return told.message === undefined ? told : { ...told, message: withoutPeople(told.message) }
}
