/**
 * The traffic every contestant gets: calls that are put on hold and come back. Each notification moves
 * its call, so none can be answered without a turn and a row.
 */
import type { Delivery } from '../src/engine/intake.ts'

export const APP_ID = '0b5e0000-1111-4222-8333-444455556666'
export const TENANT_ID = '0b5e0000-7777-4888-8999-aaaabbbbcccc'

/** The states a call goes to and fro between. */
export type Told = 'hold' | 'established'

/** Ids of `count` calls, the same in every run. */
export function callIdsOf(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `b0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  )
}

/** A notification that tells a call's state, as the webhook hands it to the engine. */
export function delivery(callId: string, changeType: string, state: string): Delivery {
  return {
    tenantId: TENANT_ID,
    appId: APP_ID,
    atMs: Date.now(),
    notification: {
      changeType,
      resourceUrl: `/communications/calls/${callId}`,
      callId,
      subject: 'call',
      resources: [resourceOf(callId, state)],
    },
  }
}

/** The same notification as Graph writes it. */
export function bodyOf(callId: string, state: string): string {
  return JSON.stringify({
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [
      {
        '@odata.type': '#microsoft.graph.commsNotification',
        changeType: 'updated',
        resource: `/app/calls/${callId}`,
        resourceUrl: `/communications/calls/${callId}`,
        resourceData: resourceOf(callId, state),
      },
    ],
  })
}

function resourceOf(callId: string, state: string) {
  return {
    '@odata.type': '#microsoft.graph.call',
    '@odata.id': `/communications/calls/${callId}`,
    '@odata.etag': 'W/"5445"',
    id: callId,
    state,
  }
}
