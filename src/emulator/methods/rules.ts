/** Where a method works: the refusals several methods share. */
import { badRequest, conflict } from '../errors.ts'
import type { Call, CallState } from '../world/call.ts'

export function requireState(call: Call, ...states: CallState[]): void {
  if (states.includes(call.state)) return
  throw conflict(
    `The call is ${call.state}; this works only when it is ${states.join(' or ')}.`,
    'Wait for the notification of that state.',
  )
}

export function requireGroup(call: Call): void {
  if (call.conversation.multiparty) return
  throw badRequest('This works in group calls only; the call is peer to peer.', 'Do without it.')
}

export function requireServiceHosted(call: Call): void {
  if (call.serviceHosted) return
  throw badRequest(
    'This works with service-hosted media only; the call has app-hosted media.',
    'Answer or create the call with serviceHostedMediaConfig.',
  )
}

export function requireAppHosted(call: Call): void {
  if (!call.serviceHosted) return
  throw badRequest(
    'This works with app-hosted media only; the call has service-hosted media.',
    'Answer or create the call with appHostedMediaConfig.',
  )
}
