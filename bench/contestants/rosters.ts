/** A call with many people, told the whole roster again with one of them changed. */

import { Bodies } from '../../src/graph/bodies.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { APP_ID, callIdsOf, TENANT_ID } from '../traffic.ts'
import type { Contestant } from './contestant.ts'

/** Milliseconds to read the body as JSON, and to have it taken durably, in turns. */
export type RosterTimes = {
  readonly parseMs: readonly number[]
  readonly takeMs: readonly number[]
  readonly bytes: number
}

const WARM_UP = 4

export async function rosterTimes(
  contestant: Pick<Contestant, 'take'>,
  { people, rounds }: { readonly people: number; readonly rounds: number },
): Promise<RosterTimes> {
  const [callId = ''] = callIdsOf(1)
  const bodies = new Bodies()
  const parseMs: number[] = []
  const takeMs: number[] = []
  const first = rosterBody(callId, people, 0)
  for (let round = 0; round < rounds + WARM_UP; round++) {
    const text = rosterBody(callId, people, round)
    const startMs = performance.now()
    JSON.parse(text)
    const parsedMs = performance.now()
    for (const notification of parseNotifications(bodies.read(callId, text)).notifications) {
      await contestant.take({ tenantId: TENANT_ID, appId: APP_ID, atMs: Date.now(), notification })
    }
    const takenMs = performance.now()
    if (round < WARM_UP) continue
    parseMs.push(parsedMs - startMs)
    takeMs.push(takenMs - parsedMs)
  }
  return { parseMs, takeMs, bytes: first.length }
}

/** A full roster as Graph writes it; every round one person mutes or unmutes. */
export function rosterBody(callId: string, people: number, round: number): string {
  const resourceUrl = `/communications/calls/${callId}/participants`
  const changed = round % people
  return JSON.stringify({
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [
      {
        '@odata.type': '#microsoft.graph.commsNotification',
        changeType: 'updated',
        resource: resourceUrl,
        resourceUrl,
        resourceData: Array.from({ length: people }, (_, index) =>
          participant(callId, index, index < changed || (index === changed && round > 0)),
        ),
      },
    ],
  })
}

function participant(callId: string, index: number, isMuted: boolean) {
  const id = `c0000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  return {
    '@odata.type': '#microsoft.graph.participant',
    '@odata.id': `/communications/calls/${callId}/participants/${id}`,
    '@odata.etag': 'W/"51"',
    id,
    info: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: {
        '@odata.type': '#microsoft.graph.identitySet',
        user: {
          '@odata.type': '#microsoft.graph.identity',
          id: `d0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
          displayName: `Person ${index}`,
          tenantId: TENANT_ID,
          identityProvider: 'AAD',
        },
      },
      languageId: 'en-US',
      endpointType: 'default',
    },
    mediaStreams: [
      {
        mediaType: 'audio',
        label: 'main-audio',
        sourceId: String(index),
        direction: 'sendReceive',
      },
    ],
    isMuted,
    isInLobby: false,
  }
}
