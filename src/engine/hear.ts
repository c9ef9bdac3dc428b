/** From what Graph reports to what a call hears: operations find their command, rosters their change. */

import { ById } from '../../machines/byId.ts'
import { type CallContext, tellsMore } from '../../machines/call/context.ts'
import { changeOf } from '../../machines/roster.ts'
import type { Call as GraphCall } from '../../machines/words.ts'
import type { Notification } from '../graph/notification.ts'
import type { KnownParticipants } from '../graph/people.ts'
import { type Incoming, type OperationReport, reportsOf } from '../graph/route.ts'
import type { Call } from './call.ts'
import type { Change, OpenEffect } from './change.ts'
import { operationOutcome } from './settlement.ts'
import { tellFired, type Watching } from './told.ts'

/** Lets a call hear a notification. */
export function hearNotification(
  call: Call,
  notification: Notification,
  atMs: number,
  change: Change,
): void {
  const reports =
    notification.subject === 'participants'
      ? reportsOf(notification, participantsKnownTo(call))
      : reportsOf(notification)
  for (const report of reports) hearIncoming(call, report, atMs, change)
}

/** Graph lists people in the order in which it did before. */
function participantsKnownTo({ group }: Call): KnownParticipants {
  const find = ById.of(group.roster.entries).inOrder()
  return (id) => find(id)?.participant
}

/** Lets a call hear one report. */
export function hearIncoming(call: Call, report: Incoming, atMs: number, change: Change): void {
  if (report.type === 'operation.reported') {
    hearOperation(call, report, atMs, change)
  } else if (report.type === 'roster.reported') {
    const changed = changeOf(call.group.roster, report)
    if (changed) call.hear(changed, atMs, change)
  } else if (report.type !== 'call.updated' || tellsMore(knownOf(call), report.call)) {
    call.hear(report, atMs, change)
  }
}

function knownOf({ group }: Call): GraphCall {
  const { call }: CallContext = group.call.context
  return call
}

function hearOperation(call: Call, report: OperationReport, atMs: number, change: Change): void {
  const open = commandOf(call, report)
  if (!open || open.effect === 'invoke') {
    call.hear({ type: 'operation.unmatched', operation: report.operation }, atMs, change)
    return
  }
  const outcome = operationOutcome(open.effect, open.id, report.operation)
  call.settle(open, { ...outcome, operationId: report.operationId }, atMs, change)
  for (const event of outcome.events) call.hear(event, atMs, change)
}

/** By clientContext, which is our command id; by operation id where Graph did not echo it. */
function commandOf(
  call: Call,
  { operation, operationId }: OperationReport,
): OpenEffect | undefined {
  const byContext = operation.clientContext ? call.open.get(operation.clientContext) : undefined
  if (byContext || operationId === undefined) return byContext
  for (const open of call.open.values()) if (open.operationId === operationId) return open
  return undefined
}

/** Lets a call hear a timer, if it is due. */
export function hearTimer(
  watching: Watching,
  call: Call,
  id: string,
  atMs: number,
  change: Change,
): void {
  // Looked at only now: a call that was left behind has just heard so, and may have left the state.
  const timer = call.timers.get(id)
  // A row that no call knows of would fall due for ever.
  if (!timer) change.timersRemoved.push(id)
  if (!timer || timer.dueMs > atMs) return
  tellFired(watching, call.key, timer, atMs)
  call.dropTimer(id, change)
  call.hear(JSON.parse(timer.event), atMs, change)
}
