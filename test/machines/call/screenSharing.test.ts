import { expect, test } from 'vitest'
import type { CallChartEvent } from '../../../src/engine/turn.ts'
import { untaken } from '../coverage.ts'
import { asked, HeardCall, rosterUpdated, terminated, told } from './heard.ts'

const toShare = asked('changeScreenSharingRole', { role: 'sharer' })
const toView = asked('changeScreenSharingRole', { role: 'viewer' })
const refused = told('changeScreenSharingRole', 'failed')
const streams = (direction: string) =>
  rosterUpdated({ mediaStreams: [{ mediaType: 'videoBasedScreenSharing', direction }] })
const shown = streams('sendOnly')
const notShown = streams('receiveOnly')

const into = {
  viewer: [],
  becomingSharer: [toShare],
  sharer: [toShare, shown],
  becomingViewer: [toShare, shown, toView],
} satisfies Record<string, CallChartEvent[]>

const rows: readonly (readonly [keyof typeof into, CallChartEvent, string, ...string[]])[] = [
  ['viewer', toShare, 'becomingSharer'],
  ['viewer', toView, 'viewer'],
  ['viewer', shown, 'sharer', 'self.sharing'],
  ['becomingSharer', toView, 'becomingViewer'],
  ['becomingSharer', refused, 'viewer'],
  ['becomingSharer', shown, 'sharer', 'self.sharing'],
  ['becomingSharer', notShown, 'becomingSharer'],
  ['sharer', toView, 'becomingViewer'],
  ['sharer', notShown, 'viewer', 'self.viewing'],
  ['sharer', streams('sendReceive'), 'sharer'],
  ['sharer', rosterUpdated({ mediaStreams: [] }), 'viewer', 'self.viewing'],
  ['sharer', rosterUpdated({}), 'sharer'],
  ['becomingViewer', toShare, 'becomingSharer'],
  ['becomingViewer', refused, 'sharer'],
  ['becomingViewer', notShown, 'viewer', 'self.viewing'],
  ['viewer', terminated, 'ended'],
  ['becomingSharer', terminated, 'ended'],
  ['sharer', terminated, 'ended'],
  ['becomingViewer', terminated, 'ended'],
]

for (const [from, event, to, ...facts] of rows) {
  test(`${from} hears ${JSON.stringify(event)}: ${to}`, () => {
    const call = new HeardCall().hear(...into[from], event)
    expect(call.value.screenSharing).toBe(to)
    expect(call.facts.filter((fact) => fact.startsWith('self.'))).toEqual(facts)
  })
}

test('a request that fails leaves the role as the roster has told it', () => {
  const neverShared = new HeardCall().hear(toShare, toView, refused)
  expect(neverShared.value.screenSharing).toBe('viewer')
  const shares = new HeardCall().hear(toShare, shown, toView, toShare, refused)
  expect(shares.value.screenSharing).toBe('sharer')
})

test.each([
  ['created', 'contentSharing.started'],
  ['updated', 'contentSharing.updated'],
  ['deleted', 'contentSharing.ended'],
] as const)('content sharing reported as %s is told as %s', (changeType, fact) => {
  const call = new HeardCall().hear({ type: 'contentSharing.reported', changeType, ids: ['s'] })
  expect(call.facts).toEqual([fact])
})

test('the tests above exercise every transition of screenSharing', () => {
  expect(untaken(new HeardCall().region('screenSharing'))).toEqual([])
})
