/** Who somebody is, in as few words as tell it. */
import { partyOf } from '../../machines/party.ts'
import type { ParticipantInfo } from '../../machines/words.ts'

/** A name, an address or a number; failing these an id, or the kind of identity. */
export function whoOf(info: ParticipantInfo | null | undefined): string {
  const { displayName, id, kind, identity } = partyOf(info)
  const address = identity[kind]
  const member = (name: string) =>
    typeof address === 'object' && address !== null && name in address
      ? Object.entries(address).find(([each]) => each === name)?.[1]
      : undefined
  const told = displayName ?? member('userPrincipalName') ?? member('email') ?? id
  return typeof told === 'string' && told !== '' ? told : kind
}

/** Whom a request to create a call is for: targets as the chart's author wrote them. */
export function whomOf(request: unknown): string {
  if (typeof request !== 'object' || request === null) return ''
  const targets = 'targets' in request ? request.targets : undefined
  const list = Array.isArray(targets) ? targets : targets === undefined ? [] : [targets]
  const named = list.map((target) => (typeof target === 'string' ? target : whoOf(target)))
  return named.join(', ') || 'a meeting'
}
