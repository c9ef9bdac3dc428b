/** What became of a request, and what the call hears of it. */
import type { AnyEventObject } from 'xstate'
import { type EffectName, effects } from '../../machines/effects.ts'
import type { Answer, RosterReport } from '../../machines/events.ts'
import type { GraphFault, Operation } from '../../machines/words.ts'
import type { EffectStatus } from '../../snapshots/store.ts'
import type { Incoming } from '../graph/route.ts'
import { reportsOf } from '../graph/route.ts'
import type { Fate } from './change.ts'

/** What the dispatcher tells the engine of one request. */
export type RequestSettlement =
  /** It is about to be sent: after a crash it may have reached Graph. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly fault: GraphFault }
  /** It may or may not have reached Graph; evidence is being sought. */
  | { readonly kind: 'inDoubt' }

/** What became of an effect: of a request, or of what is between calls. */
export type Settlement =
  | RequestSettlement
  /** Another call has been placed, under this key. */
  | { readonly kind: 'placed'; readonly key: string }
  /** Another call has heard it. */
  | { readonly kind: 'delivered' }

/** What a settlement does: the effect's new status, and the events the call hears, in order. */
export type Outcome = Fate & {
  readonly events: readonly AnyEventObject[]
  readonly reports: readonly Incoming[]
}

/** The outcome of what the dispatcher tells. */
export function outcomeOf(effect: EffectName, id: string, settlement: Settlement): Outcome {
  const command = { id, effect }
  const { noun } = effects[effect]
  switch (settlement.kind) {
    case 'sent':
      return { status: 'sent', events: [], reports: [] }
    case 'inDoubt':
      return { status: 'inDoubt', events: [{ type: `${noun}.inDoubt`, command }], reports: [] }
    case 'failed': {
      const { fault } = settlement
      const events = [{ type: `${noun}.failed`, command, fault }]
      return { status: 'failed', fault, events, reports: [] }
    }
    case 'answered':
      return answered(effect, id, settlement.answer)
    case 'placed':
    case 'delivered': {
      const { kind, ...told } = settlement
      const events = [{ type: `${noun}.${kind}`, command, ...told }]
      return { status: 'done', events, reports: [] }
    }
  }
}

function answered(effect: EffectName, id: string, answer: Answer): Outcome {
  const { noun, success } = effects[effect]
  if (success === 'operation')
    return operationOutcome(effect, id, answer.operation ?? { status: 'completed' })
  return {
    status: 'done',
    events: [{ type: `${noun}.${success}`, command: { id, effect }, answer }],
    reports: [...callReports(answer), ...rosterReports(effect, answer)],
  }
}

/**
 * The outcome an operation tells, in the response or by notification. Rule of commsOperation: completed or
 * failed is the end; null, notStarted and running mean that a notification follows.
 */
export function operationOutcome(effect: EffectName, id: string, operation: Operation): Outcome {
  const { noun } = effects[effect]
  const told = { command: { id, effect }, answer: { operation }, resultInfo: operation.resultInfo }
  const fate = (participle: string, status: EffectStatus): Outcome => ({
    status,
    operationId: operation.id,
    events: [{ type: `${noun}.${participle}`, ...told }],
    reports: [],
  })
  if (isCancelled(operation)) return fate('cancelled', 'done')
  if (isFailed(operation)) return { ...fate('failed', 'failed'), resultInfo: operation.resultInfo }
  return operation.status === 'completed' ? fate('completed', 'done') : fate('started', 'running')
}

/** 400/8508 and Graph's completion reasons for a cancelled operation. */
function isCancelled({ completionReason, resultInfo }: Operation): boolean {
  return (
    completionReason === 'operationCanceled' ||
    completionReason === 'mediaOperationCanceled' ||
    (resultInfo?.code === 400 && resultInfo.subcode === 8508)
  )
}

/** sendDtmfTones tells its errors with status completed and a completionReason. */
function isFailed({ status, completionReason, resultInfo }: Operation): boolean {
  if (status !== 'completed') return status === 'failed'
  return completionReason === 'unknown' || (resultInfo !== undefined && resultInfo.code >= 400)
}

function callReports({ call }: Answer): readonly Incoming[] {
  if (!call) return []
  return reportsOf({
    changeType: 'updated',
    resourceUrl: '',
    callId: '',
    subject: 'call',
    resources: [call],
  })
}

function rosterReports(effect: EffectName, { participants }: Answer): readonly RosterReport[] {
  if (!participants) return []
  const kind = effect === 'listParticipants' ? 'full' : 'delta'
  return [{ type: 'roster.reported', kind, listed: true, participants }]
}
