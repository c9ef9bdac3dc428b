/** Evidence: whether a request that may have reached Graph did, by what Graph says of the call since. */
import type { Answer } from '../../machines/events.ts'
import type { IdentitySet, Participant } from '../../machines/words.ts'
import type { CallAddress, Owed } from '../engine/outbound.ts'
import type { Reply } from '../graph/index.ts'
import { readAnswer } from '../graph/index.ts'

/** Asks Graph one of the reading questions about the call. */
export type Ask = (effect: 'getCall' | 'listParticipants') => Promise<Reply>

/** Whether evidence of an effect is looked for by asking Graph. */
export function looksByAsking({ effect }: Owed): boolean {
  return effect === 'transfer' || effect === 'redirect' || effect === 'invite'
}

/**
 * The answer the lost request would have had, or `undefined` while nothing shows that it was done.
 * Operations show by their notification, which closes them without asking here.
 */
export async function evidenceOf(
  owed: Owed,
  address: CallAddress,
  ask: Ask,
): Promise<Answer | undefined> {
  switch (owed.effect) {
    case 'createCall':
      return address.graphId === undefined ? undefined : { call: { id: address.graphId } }
    case 'transfer':
      return movedOn(await ask('getCall'), [
        'transferring',
        'transferAccepted',
        'terminating',
        'terminated',
      ])
    case 'redirect':
      return movedOn(await ask('getCall'), ['redirecting', 'terminating', 'terminated'])
    case 'invite':
      return joined(owed.params, await ask('listParticipants'))
    default:
      return undefined
  }
}

/** The call is in a state that only the request leads to, or is gone. */
function movedOn(reply: Reply, states: readonly string[]): Answer | undefined {
  if (reply.kind === 'refused' && reply.fault.status === 404) return {}
  if (reply.kind !== 'answered') return undefined
  const { call } = readAnswer('getCall', reply.body)
  return call?.state !== undefined && states.includes(call.state) ? {} : undefined
}

function joined(params: unknown, reply: Reply): Answer | undefined {
  if (reply.kind !== 'answered') return undefined
  const { participants = [] } = readAnswer('listParticipants', reply.body)
  const present = new Set(participants.flatMap(idsOf))
  const wanted = invitedIds(params)
  const isThere = wanted.length > 0 && wanted.every((id) => present.has(id))
  return isThere ? { operation: { status: 'completed' }, participants } : undefined
}

function idsOf({ info }: Participant): string[] {
  return identityIds(info?.identity)
}

/** All that an identity may be known by: its id, and the addresses it may carry. */
const names = ['id', 'userPrincipalName', 'email'] as const

function identityIds(identity: IdentitySet | null | undefined): string[] {
  return Object.values(identity ?? {}).flatMap((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    const known = Object.entries(value)
    return known.flatMap(([name, told]) =>
      names.some((each) => each === name) && typeof told === 'string' ? [told.toLowerCase()] : [],
    )
  })
}

function invitedIds(params: unknown): string[] {
  if (typeof params !== 'object' || params === null || !('participants' in params)) return []
  return [params.participants].flat().flatMap((target) => {
    if (typeof target === 'string') return [target.slice(target.indexOf(':') + 1).toLowerCase()]
    return isInfo(target) ? identityIds(target.identity) : []
  })
}

function isInfo(target: unknown): target is { readonly identity: IdentitySet } {
  return typeof target === 'object' && target !== null && 'identity' in target
}
