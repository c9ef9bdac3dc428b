import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../machines/words.ts'
import { readAnswer } from '../../src/graph/answers.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { type Incoming, reportsOf } from '../../src/graph/route.ts'
import { ANNA, BEN, body, CALL, incoming, item, OPERATION, participant } from './fixtures.ts'

const heard = (sent: unknown): readonly Incoming[] =>
  parseNotifications(body(sent)).notifications.flatMap((each) => reportsOf(each))
const ofCall = (resource: unknown, changeType = 'updated') => heard(item(changeType, '', resource))

describe('a call', () => {
  test('tells its news first, then media, state and tone', () => {
    const reports = ofCall({
      state: 'established',
      subject: 'Rent',
      mediaState: { audio: 'active' },
      toneInfo: { sequenceId: 3, tone: 'tone5' },
    })
    expect(reports).toEqual([
      {
        type: 'call.updated',
        call: { state: 'established', subject: 'Rent', mediaState: { audio: 'active' } },
      },
      { type: 'mediaState.active' },
      { type: 'callState.established' },
      { type: 'tone.reported', toneInfo: { sequenceId: 3, tone: 'tone5' } },
    ])
  })

  test('has no news in its id, its state and its annotations', () => {
    const resource = { '@odata.etag': 'W/"1"', id: CALL, state: 'established' }
    expect(ofCall(resource)).toEqual([{ type: 'callState.established' }])
  })

  test('rings with everything that is known of it', () => {
    expect(ofCall(incoming, 'created')).toEqual([
      { type: 'call.updated', call: incoming },
      { type: 'callState.incoming' },
    ])
  })

  test.each([
    ['Established', 'callState.established'],
    ['TRANSFERACCEPTED', 'callState.transferAccepted'],
    ['ringing', 'callState.ringing'],
  ])('state %s is %s', (state, type) => {
    expect(ofCall({ state })).toEqual([{ type }])
  })

  test('in a state nobody documented is kept', () => {
    expect(ofCall({ state: 'parked' })).toEqual([{ type: 'callState.unknown', state: 'parked' }])
  })

  test('that is deleted without a state has terminated', () => {
    expect(ofCall({ '@odata.id': 'x' }, 'deleted')).toEqual([{ type: 'callState.terminated' }])
    expect(heard(item('deleted', ''))).toEqual([{ type: 'callState.terminated' }])
  })

  test('that is created without a state rings when it comes in', () => {
    const types = ofCall({ direction: 'Incoming' }, 'created').map(({ type }) => type)
    expect(types).toEqual(['call.updated', 'callState.incoming'])
  })

  test.each([
    [{ code: '0' }, { code: 0, subcode: 0 }],
    [
      { code: 500, subCode: 7700, message: 'no' },
      { code: 500, subcode: 7700, message: 'no' },
    ],
    [
      { code: '200', subcode: '7015' },
      { code: 200, subcode: 7015 },
    ],
  ])('gives its resultInfo %j as numbers', (resultInfo, read) => {
    expect(ofCall({ state: 'terminated', resultInfo })).toEqual([
      { type: 'callState.terminated', resultInfo: read },
    ])
  })

  test('never carries its tone in its news', () => {
    const toneInfo = { sequenceId: '4', tone: 'Pound' }
    const [news, , tone] = ofCall({ state: 'established', chatInfo: {}, toneInfo })
    expect(JSON.stringify(news)).not.toMatch(/tone/i)
    expect(tone).toEqual({ type: 'tone.reported', toneInfo: { sequenceId: 4, tone: 'pound' } })
  })

  test('of which nothing can be read is reported unknown, its tone withheld', () => {
    expect(ofCall({ toneInfo: { sequenceId: 1 } })).toEqual([
      {
        type: 'notification.unknown',
        resourceUrl: `/communications/calls/${CALL}`,
        changeType: 'updated',
        resource: {},
      },
    ])
  })
})

describe('a roster', () => {
  const ofRoster = (resource: unknown) => heard(item('updated', '/participants', resource))

  test('is full, its participants in one spelling', () => {
    const sent = { ...participant(BEN.toUpperCase().replaceAll('-', ''), 'Ben'), mood: 'good' }
    expect(ofRoster([participant(ANNA, 'Anna'), sent])).toEqual([
      {
        type: 'roster.reported',
        kind: 'full',
        participants: [participant(ANNA, 'Anna'), { ...sent, id: BEN }],
      },
    ])
  })

  test('of changes is a delta with its sequence number', () => {
    const left = { ...participant(ANNA, 'Anna'), removedState: { reason: 'hungUp' } }
    const delta = { sequenceNumber: '7', participants: [left] }
    expect(ofRoster(delta)).toEqual([
      { type: 'roster.reported', kind: 'delta', sequenceNumber: 7, participants: [left] },
    ])
  })

  test('of several changes is all of them, in order', () => {
    const anna = { sequenceNumber: 7, participants: [participant(ANNA, 'Anna')] }
    const ben = { sequenceNumber: 8, participants: [participant(BEN, 'Ben')] }
    const report = { type: 'roster.reported', kind: 'delta' }
    expect(ofRoster([anna, ben])).toEqual([
      { ...report, ...anna },
      { ...report, ...ben },
    ])
    const mixed = ofRoster([participant(BEN, 'Ben'), anna])
    expect(mixed).toEqual([
      { ...report, ...anna },
      { ...report, participants: [participant(BEN, 'Ben')] },
    ])
  })

  test('with a nameless entry says who is there, not who is absent, and loses nobody', () => {
    const nameless = participant(null, 'Ben')
    expect(ofRoster([participant(ANNA, 'Anna'), nameless])).toEqual([
      { type: 'roster.reported', kind: 'delta', participants: [participant(ANNA, 'Anna')] },
      expect.objectContaining({ type: 'notification.unknown', resource: nameless }),
    ])
  })

  test('without entries does not say that everybody left', () => {
    expect(ofRoster([])).toEqual([{ type: 'roster.reported', kind: 'delta', participants: [] }])
  })

  test('with members of the wrong type loses those members only', () => {
    const sent = { id: ANNA, isMuted: 'yes', mediaStreams: null, info: null }
    const [report] = ofRoster([sent])
    expect(report).toMatchObject({ participants: [{ id: ANNA, info: null }] })
  })
})

describe('an operation', () => {
  const ofOperation = (tail: string, resource: unknown, changeType = 'deleted') =>
    heard(item(changeType, `/operations${tail}`, resource))

  test('is reported with its status in lower case and its numbers as numbers', () => {
    const resource = {
      '@odata.type': '#microsoft.graph.sendDtmfTonesOperation',
      id: OPERATION,
      status: 'Completed',
      clientContext: 'c-1',
      completionReason: 'mediaOperationCanceled',
      resultInfo: { code: '200', subCode: '0' },
    }
    expect(ofOperation(`/${OPERATION}`, resource)).toEqual([
      {
        type: 'operation.reported',
        operationId: OPERATION,
        operation: {
          ...resource,
          status: 'completed',
          resultInfo: { code: 200, subcode: 0 },
        },
      },
    ])
  })

  test('without an id in its URL goes by its own, and without either by none', () => {
    expect(ofOperation('/participants', { id: OPERATION })[0]).toMatchObject({
      operationId: OPERATION,
    })
    expect(ofOperation('/participants', { id: null })[0]).not.toHaveProperty('operationId')
  })

  test('without a status has finished when it was deleted, and runs when it was not', () => {
    const status = (changeType: string) => ofOperation(`/${OPERATION}`, {}, changeType)[0]
    expect(status('deleted')).toMatchObject({ operation: { status: 'completed' } })
    expect(status('updated')).toMatchObject({ operation: { status: 'running' } })
  })
})

describe('content sharing', () => {
  test('is reported alike from a list and from a URL', () => {
    const report = { type: 'contentSharing.reported', changeType: 'created', ids: ['F7'] }
    expect(heard(item('created', '/contentsharingsessions', [{ id: 'F7' }]))).toEqual([report])
    expect(heard(item('created', '/contentsharingsessions/F7'))).toEqual([report])
  })

  test('changed in a way nobody documented is kept', () => {
    expect(heard(item('moved', '/contentsharingsessions/F7'))).toEqual([
      expect.objectContaining({ type: 'notification.unknown', changeType: 'moved' }),
    ])
  })
})

test('what is unknown is kept without the parts that may not be', () => {
  const call = { id: CALL, toneInfo: { tone: 'tone1' }, recordingAccessToken: 'secret' }
  const resource = { '@odata.type': '#microsoft.graph.somethingNewNotification', call }
  expect(heard(item('deleted', '', resource))).toEqual([
    {
      type: 'notification.unknown',
      resourceUrl: `/communications/calls/${CALL}`,
      changeType: 'deleted',
      resource: { ...resource, call: { id: CALL } },
    },
  ])
})

test('every notification that parses is heard as something', () => {
  const tail = fc.constantFrom('', '/participants', `/operations/${OPERATION}`, '/what/ever')
  const resource = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.constant(incoming))
  fc.assert(
    fc.property(fc.constantFrom('created', 'updated', 'deleted'), tail, resource, (...sent) => {
      expect(heard(item(...sent)).length).toBeGreaterThan(0)
    }),
  )
})

describe('an answer', () => {
  test('carries a call, participants or an operation, whichever the effect asks for', () => {
    const running = { id: OPERATION, status: 'Running', resultInfo: null }
    expect(readAnswer('createCall', { id: CALL, state: 'establishing' })).toEqual({
      call: { id: CALL, state: 'establishing' },
    })
    expect(readAnswer('invite', running)).toEqual({
      operation: { id: OPERATION, status: 'running' },
    })
    expect(readAnswer('listParticipants', { value: [participant(ANNA, 'Anna'), 7] })).toEqual({
      participants: [participant(ANNA, 'Anna')],
    })
    expect(readAnswer('getParticipant', participant(ANNA, 'Anna'))).toEqual({
      participants: [participant(ANNA, 'Anna')],
    })
  })

  test('of any shape is read without complaint', () => {
    const effects = fc.constantFrom('getCall', 'listParticipants', 'playPrompt', 'answer' as const)
    const value: fc.Arbitrary<Json> = fc.jsonValue()
    fc.assert(fc.property(effects, value, (effect, sent) => void readAnswer(effect, sent)))
    expect(readAnswer('answer', undefined)).toEqual({})
    expect(readAnswer('playPrompt', null)).toEqual({})
  })
})
