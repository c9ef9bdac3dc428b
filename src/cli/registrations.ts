/** Ids and webhooks of app registrations, as a command line gives them. */
import { InvalidArgumentError } from 'commander'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether an app or a tenant can have this id. */
export function isGuid(text: string): boolean {
  return GUID.test(text)
}

/** Whether notifications can be posted there. */
export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** Reads the id of an app or a tenant. */
export function guid(text: string): string {
  if (isGuid(text)) return text
  throw new InvalidArgumentError(
    'Give a GUID, as 0f1c2d3e-0000-4000-8000-00000000b071 is one; without the option a made-up one is taken.',
  )
}

/** Reads a webhook. */
export function webhook(text: string): string {
  if (isWebUrl(text)) return text
  throw new InvalidArgumentError(
    'Give the http or https URL at which the bot hears of its calls, such as http://localhost:8080/api/calls.',
  )
}
