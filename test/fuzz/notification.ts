/** Notifications of every shape Graph documents, about calls we know, do not know, and cannot know. */
import fc from 'fast-check'
import type { Json } from '../../machines/words.ts'

/** Stands for the id of the call that is under way; filled in when an input is sent. */
export const KNOWN = 'known-call'

const id = fc.oneof(
  { weight: 4, arbitrary: fc.constant(KNOWN) },
  { weight: 1, arbitrary: fc.constantFrom('stranger-1', 'stranger-2') },
  { weight: 1, arbitrary: fc.uuid() },
)
const person = fc.constantFrom('0a1b2c3d-4e5f-4061-8273-849506a7b8c9', 'p-2', 'p-3')
const name = fc.constantFrom('Anna', 'Ben', '')
const state = fc.constantFrom(
  'incoming',
  'establishing',
  'established',
  'hold',
  'transferring',
  'transferAccepted',
  'redirecting',
  'terminating',
  'terminated',
)
const identity = fc.record({ user: fc.record({ id: person, displayName: name }) })
const resultInfo = fc.record({
  '@odata.type': fc.constant('#microsoft.graph.resultInfo'),
  code: fc.constantFrom(200, 400, 486, 503),
  subcode: fc.nat(9_999),
  message: fc.string(),
})
const stream = fc.record({
  mediaType: fc.constantFrom('audio', 'video', 'videoBasedScreenSharing'),
  direction: fc.constantFrom('inactive', 'sendOnly', 'receiveOnly', 'sendReceive'),
  sourceId: fc.constantFrom('1', '2'),
  serverMuted: fc.boolean(),
})
const participant = fc.record(
  {
    '@odata.type': fc.constant('#microsoft.graph.participant'),
    id: person,
    info: fc.record({ identity, region: fc.constant('emea') }),
    mediaStreams: fc.array(stream, { maxLength: 3 }),
    isMuted: fc.boolean(),
    isInLobby: fc.boolean(),
    removedState: fc.record({ reason: fc.constant('Removed') }),
    rosterSequenceNumber: fc.nat(9),
  },
  { requiredKeys: ['id'] },
)
const call = fc.record(
  {
    '@odata.type': fc.constant('#microsoft.graph.call'),
    '@odata.id': id.map((callId) => `/communications/calls/${callId}`),
    id,
    state,
    direction: fc.constantFrom('incoming', 'outgoing'),
    tenantId: fc.uuid(),
    source: fc.record({ identity }),
    targets: fc.array(fc.record({ identity }), { maxLength: 2 }),
    requestedModalities: fc.constant(['audio']),
    mediaState: fc.record({ audio: fc.constantFrom('active', 'inactive') }),
    chatInfo: fc.record({ threadId: fc.constant('19:meeting@thread.v2') }),
    resultInfo,
    toneInfo: fc.record({
      sequenceId: fc.nat(5),
      tone: fc.constantFrom('tone1', 'tone2', 'pound', 'flash'),
    }),
  },
  { requiredKeys: ['state'] },
)
const operation = fc.record(
  {
    '@odata.type': fc.constantFrom(
      '#microsoft.graph.playPromptOperation',
      '#microsoft.graph.recordOperation',
      '#microsoft.graph.inviteParticipantsOperation',
    ),
    id: person,
    status: fc.constantFrom('notStarted', 'running', 'completed', 'failed'),
    clientContext: fc.nat(20).map((sequence) => `${KNOWN}.${sequence}.0`),
    resultInfo,
    recordingLocation: fc.constant('https://recordings.example/one'),
    recordingAccessToken: fc.constant('a-token'),
  },
  { requiredKeys: ['status'] },
)
const change = fc.constantFrom('created', 'updated', 'deleted')

function item(tail: fc.Arbitrary<string>, resourceData: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.tuple(change, id, tail, resourceData).map(([changeType, callId, end, resource]) => ({
    '@odata.type': '#microsoft.graph.commsNotification',
    changeType,
    resourceUrl: `/communications/calls/${callId}${end}`,
    resourceData: resource,
  }))
}

const joining = fc.record({
  '@odata.type': fc.constantFrom(
    '#microsoft.graph.participantJoiningNotification',
    '#microsoft.graph.participantLeftNotification',
  ),
  id: person,
  participantId: person,
  call,
})

/** One item of a body's `value`, as Graph documents it. */
export const anyNotification: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: item(fc.constant(''), call) },
  {
    weight: 2,
    arbitrary: item(fc.constant('/participants'), fc.array(participant, { maxLength: 4 })),
  },
  {
    weight: 1,
    arbitrary: item(
      fc.constant('/participants'),
      fc.record({
        sequenceNumber: fc.nat(9),
        participants: fc.array(participant, { maxLength: 4 }),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: item(
      person.map((each) => `/operations/${each}`),
      operation,
    ),
  },
  {
    weight: 1,
    arbitrary: item(
      fc.constant('/contentSharingSessions/F7'),
      fc.constant([{ '@odata.type': '#microsoft.graph.contentSharingSession', id: 'F7' }]),
    ),
  },
  { weight: 1, arbitrary: item(fc.constant(''), joining) },
  { weight: 1, arbitrary: joining },
)
