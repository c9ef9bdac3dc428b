/** Every quirk of Graph's notifications that the facts list, each by its own test. */
import { describe, expect, test } from 'vitest'
import { partyOf } from '../../machines/party.ts'
import type { Json } from '../../machines/words.ts'
import { outcomeOf } from '../../src/engine/settlement.ts'
import { readAnswer } from '../../src/graph/answers.ts'
import { callOf } from '../../src/graph/entities.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { reportsOf } from '../../src/graph/route.ts'
import { ANNA, BARE_CALL, BEN, body, CALL, item, OPERATION, participant } from './fixtures.ts'

const graph = (type: string) => ({ '@odata.type': `#microsoft.graph.${type}` })
const heardIn = (sent: unknown) =>
  parseNotifications(sent).notifications.flatMap((each) => reportsOf(each))
const heard = (...sent: Parameters<typeof item>) => heardIn(body(item(...sent)))
const call = (members: object = {}) => ({ ...graph('call'), ...members })
const operation = (members: object = {}) => ({ ...graph('playPromptOperation'), ...members })

describe('ids', () => {
  test('without hyphens and in capitals are the same ids', () => {
    const [read] = parseNotifications({
      value: [{ changeType: 'updated', resourceUrl: `/communications/calls/${BARE_CALL}` }],
    }).notifications
    expect(read?.callId).toBe(CALL)
  })

  test('an incoming call without an id is known by its URL', () => {
    const resource = call({ state: 'incoming', direction: 'incoming' })
    const [read] = parseNotifications(body(item('created', '', resource))).notifications
    expect(read?.callId).toBe(CALL)
  })

  test('where URL and resource differ, the URL counts', () => {
    const [read] = parseNotifications(body(item('deleted', '', call({ id: BEN })))).notifications
    expect(read?.callId).toBe(CALL)
  })

  test('an operation whose id is null is known by its clientContext or its URL', () => {
    const [report] = heard(
      'deleted',
      `/operations/${OPERATION}`,
      operation({ id: null, clientContext: 'c-1' }),
    )
    expect(report).toMatchObject({ operationId: OPERATION, operation: { clientContext: 'c-1' } })
  })

  test('a participant whose id is null does not cost the roster the others', () => {
    const [roster, kept] = heard('updated', '/participants', [
      participant(BEN, 'Ben'),
      participant(null, 'Anna'),
    ])
    expect(roster).toMatchObject({ kind: 'delta', participants: [{ id: BEN }] })
    expect(kept).toMatchObject({ type: 'notification.unknown', resource: { id: null } })
  })
})

describe('addresses', () => {
  const only = (members: object) =>
    parseNotifications({ value: [{ changeType: 'updated', ...members }] })

  test('without the leading slash', () => {
    expect(only({ resourceUrl: `communications/calls/${CALL}` }).notifications[0]?.callId).toBe(
      CALL,
    )
  })

  test('only the legacy `resource`', () => {
    expect(only({ resource: `/app/calls/${CALL}` }).notifications[0]?.callId).toBe(CALL)
  })

  test('a roster sent to /operations/participants', () => {
    expect(heard('updated', '/operations/participants', [participant(BEN, 'Ben')])).toMatchObject([
      { type: 'roster.reported', participants: [{ id: BEN }] },
    ])
  })

  test('an operation sent to /operations/participants', () => {
    const told = { ...graph('inviteParticipantsOperation'), id: OPERATION, status: 'completed' }
    expect(heard('deleted', '/operations/participants', told)).toMatchObject([
      { type: 'operation.reported', operationId: OPERATION },
    ])
  })
})

describe('words', () => {
  test('a state in another case', () => {
    expect(heard('updated', '', call({ state: 'Established' }))).toEqual([
      { type: 'callState.established' },
    ])
  })

  test('an operation status in PascalCase', () => {
    expect(
      heard('deleted', `/operations/${OPERATION}`, operation({ status: 'Completed' })),
    ).toMatchObject([{ operation: { status: 'completed' } }])
  })

  test('states that metadata or examples lack: ringing, hold, redirecting', () => {
    for (const state of ['ringing', 'hold', 'redirecting'])
      expect(heard('updated', '', call({ state }))).toEqual([{ type: `callState.${state}` }])
  })

  test('the modality unknown, and one nobody documented', () => {
    expect(callOf({ requestedModalities: ['unknown', 'hologram'] })).toEqual({
      requestedModalities: ['unknown', 'hologram'],
    })
  })

  test('a state nobody documented is told', () => {
    expect(heard('updated', '', call({ state: 'parked' }))).toEqual([
      { type: 'callState.unknown', state: 'parked' },
    ])
  })
})

describe('results', () => {
  const ended = (resultInfo: Json) =>
    heard('deleted', '', call({ state: 'terminated', resultInfo }))
  test.each<[string, Json, object]>([
    ['codes as texts', { code: '408', subcode: '8537' }, { code: 408, subcode: 8537 }],
    ['subCode for subcode', { code: 500, subCode: 7000 }, { code: 500, subcode: 7000 }],
    ['a code alone', { code: '0' }, { code: 0, subcode: 0 }],
  ])('%s', (_, told, resultInfo) => {
    expect(ended(told)).toEqual([{ type: 'callState.terminated', resultInfo }])
  })

  test('sendDtmfTones tells its errors with status completed', () => {
    const answer = (completionReason: string) =>
      readAnswer('sendDtmfTones', { id: OPERATION, status: 'completed', completionReason })
    const type = (completionReason: string) =>
      outcomeOf('sendDtmfTones', 'c', { kind: 'answered', answer: answer(completionReason) })
        .events[0]?.type
    expect(['completedSuccessfully', 'mediaOperationCanceled', 'unknown'].map(type)).toEqual([
      'tones.completed',
      'tones.cancelled',
      'tones.failed',
    ])
  })

  test('stopHoldMusic is accepted with an operation that is completed', () => {
    const answer = readAnswer('stopHoldMusic', { id: OPERATION, status: 'completed' })
    expect(outcomeOf('stopHoldMusic', 'c', { kind: 'answered', answer }).events).toMatchObject([
      { type: 'stopHoldMusic.completed' },
    ])
  })

  test('an operation that is null goes on by notification', () => {
    const answer = readAnswer('playPrompt', { id: OPERATION, status: null })
    expect(outcomeOf('playPrompt', 'c', { kind: 'answered', answer }).status).toBe('running')
  })
})

describe('resources', () => {
  test('a reject is told by a deleted call without a state', () => {
    expect(heard('deleted', '', call({ '@odata.id': `/communications/calls/${CALL}` }))).toEqual([
      { type: 'callState.terminated' },
    ])
  })

  test('content sharing as a list at the collection, and as a bare URL', () => {
    const told = { type: 'contentSharing.reported', changeType: 'created', ids: [OPERATION] }
    const list = [{ ...graph('contentSharingSession'), id: OPERATION }]
    expect(heard('created', '/contentsharingsessions', list)).toEqual([told])
    expect(heard('created', `/contentsharingsessions/${OPERATION}`)).toEqual([told])
  })

  test('a roster entry of type invitationParticipantInfo', () => {
    const info = { ...graph('invitationParticipantInfo'), identity: { user: { id: ANNA } } }
    expect(heard('updated', '/participants', [{ id: BEN, info }])).toMatchObject([
      { participants: [{ info: { identity: { user: { id: ANNA } } } }] },
    ])
  })

  test('a delta roster', () => {
    const gone = { id: BEN, removedState: { reason: 'Left' }, rosterSequenceNumber: '4' }
    const delta = { ...graph('deltaParticipants'), sequenceNumber: 4, participants: [gone] }
    expect(heard('updated', '/participants', delta)).toEqual([
      {
        type: 'roster.reported',
        kind: 'delta',
        sequenceNumber: 4,
        participants: [{ ...gone, rosterSequenceNumber: 4 }],
      },
    ])
  })

  test('members that v1.0 metadata lacks are kept', () => {
    const members = {
      answeredBy: { identity: { encrypted: { id: 'x' } } },
      activeModalities: ['audio'],
      terminationReason: 'AppTransferred',
      meetingCapability: { allowAnonymousUsersToDialOut: false },
      replacesContext: 'x',
      ringingTimeoutInSeconds: 40,
      applicationMetadata: { botData: { inviteReasons: ['PolicyBasedRecording'] } },
      incomingContext: { observedParticipantId: BEN, endpointId: 'e' },
    }
    expect(heard('updated', '', call(members))).toMatchObject([
      { type: 'call.updated', call: members },
    ])
  })

  test('a missing member and a null one both occur', () => {
    const source = { identity: { user: { id: ANNA }, phone: null }, region: null }
    expect(callOf({ source, targets: null })).toEqual({ source, targets: null })
  })

  test('a tone, or a recording token, in a call is not kept with the call', () => {
    const operations = [{ id: OPERATION, status: 'completed', recordingAccessToken: 'secret' }]
    const read = JSON.stringify(callOf({ toneInfo: { tone: 'tone1' }, operations }))
    expect(read).not.toMatch(/tone1|secret/)
  })
})

describe('identities', () => {
  test.each([
    'user',
    'guest',
    'phone',
    'application',
    'applicationInstance',
    'encrypted',
    'onPremises',
    'assertedIdentity',
    'azureCommunicationServicesUser',
    'device',
    'hologram',
  ])('%s is kept whole', (kind) => {
    const identity = {
      [kind]: { id: 'i', displayName: 'D', ApplicationType: 'LargeGallery-V2', mood: 'good' },
    }
    const { source } = callOf({ source: { identity } })
    expect(source?.identity).toEqual(identity)
    expect(partyOf(source)).toMatchObject({ kind, id: 'i', identity })
  })
})

describe('policy-based recording', () => {
  const told = { id: CALL, source: { identity: { user: { id: ANNA } } } }
  const joining = { ...graph('participantJoiningNotification'), id: 'j', call: told }
  const joined = [{ type: 'participant.joining', notificationId: 'j', call: told }]

  test.each<[string, unknown]>([
    ['in the envelope', body(item('created', '', joining))],
    [
      'in the envelope, below the call',
      body(item('updated', '/participantJoiningNotification', joining)),
    ],
    ['in the envelope, among the participants', body(item('updated', '/participants', joining))],
    ['as an item of `value`', { value: [joining] }],
    ['as the whole body', joining],
  ])('somebody joins: %s', (_, sent) => {
    expect(heardIn(sent)).toEqual(joined)
    expect(parseNotifications(sent).notifications[0]).toMatchObject({
      callId: CALL,
      subject: 'participantJoining',
    })
  })

  test('somebody has left', () => {
    const left = {
      ...graph('participantLeftNotification'),
      id: 'l',
      participantId: BEN,
      call: told,
    }
    const expected = {
      type: 'recordedParticipant.left',
      notificationId: 'l',
      participantId: BEN,
      call: told,
    }
    expect(heard('deleted', '', left)).toEqual([expected])
    expect(heardIn(left)).toEqual([expected])
  })

  test('a joining that names no call is refused', () => {
    expect(
      parseNotifications({ value: [graph('participantJoiningNotification')] }).refused,
    ).toEqual([{ index: 0, reason: 'The item names no call.' }])
  })
})
