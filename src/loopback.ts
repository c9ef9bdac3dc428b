/** Plain http is for this machine only: the one rule that says which URLs may be asked. */
import { ConfigurationError } from './errors.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** Whether a URL stays on this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname)
}

/** Whether a URL may be asked at all: https anywhere, http on this machine. */
export function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

/** The URL, when it may be asked; throws `ConfigurationError` that calls it `name`. */
export function safeUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && isSafe(url)) return url
  throw new ConfigurationError({
    code: 'url.unsafe',
    what: `${name} is neither an https URL nor an http URL of this machine.`,
    fix: `Give ${name} an https URL; plain http is for localhost only.`,
  })
}
