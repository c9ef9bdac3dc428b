/** Graph's ids: the same one comes in upper or lower case, with hyphens or without. */

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const GUID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i
const PLAIN = /^[A-Za-z0-9_-]{1,128}$/

/** One spelling for one id: a GUID in lower case with hyphens; anything else as it came. */
export function sameId(id: string): string {
  // Nearly every id comes so; taking it apart would cost every notification.
  if (CANONICAL.test(id)) return id
  const parts = GUID.exec(id)
  return parts ? parts.slice(1).join('-').toLowerCase() : id
}

/** The id in its one spelling, or `undefined` when it is not safe to put in a URL. */
export function pathId(id: string): string | undefined {
  return PLAIN.test(id) ? sameId(id) : undefined
}
