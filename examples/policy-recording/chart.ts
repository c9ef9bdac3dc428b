import { type Call, type CallInput, callChart, callSetup } from 'callchart/machines'
import { assign } from 'xstate'

/** How many participants one call records. */
const CAPACITY = 2

/** Participant ids of those whom this call records. */
type Recording = { readonly recorded: readonly string[] }

function observedIn(call: Call | undefined): readonly string[] {
  const id = call?.incomingContext?.observedParticipantId
  return id ? [id] : []
}

function atStart({ call }: CallInput): Recording {
  return { recorded: observedIn(call) }
}

const policy = callSetup.extend({
  types: {} as { bot: Recording },
  actions: {
    take: assign(({ context: { bot }, event }) =>
      event.type === 'participant.joining'
        ? { bot: { recorded: [...bot.recorded, ...observedIn(event.call)] } }
        : {},
    ),
    release: assign(({ context: { bot }, event }) =>
      event.type === 'recordedParticipant.left'
        ? { bot: { recorded: bot.recorded.filter((id) => id !== event.participantId) } }
        : {},
    ),
  },
  guards: {
    hasRoom: ({ context }) => context.bot.recorded.length < CAPACITY,
    nobodyIsRecorded: ({ context }) => context.bot.recorded.length === 0,
  },
})

const scenario = policy.createStateConfig({
  initial: 'answering',
  on: {
    /** A call that does not record (yet, or any more) takes nobody in: another one shall. */
    'participant.joining': { actions: 'inviteNewBot' },
    'recordedParticipant.left': { actions: 'release' },
  },
  states: {
    answering: { on: { 'call.established': 'announcing' } },
    /** Nothing may be kept before Graph has told everybody that they are recorded. */
    announcing: {
      entry: { type: 'updateRecordingStatus', params: { status: 'recording' } },
      on: { 'recordingStatus.completed': 'recording', 'recordingStatus.failed': 'leaving' },
    },
    recording: {
      always: { guard: 'nobodyIsRecorded', target: 'stopping' },
      on: {
        'participant.joining': [
          { guard: 'hasRoom', actions: ['acceptJoin', 'take'] },
          { actions: { type: 'rejectJoin', params: { reason: 'busy' } } },
        ],
      },
    },
    stopping: {
      entry: { type: 'updateRecordingStatus', params: { status: 'notRecording' } },
      on: { 'recordingStatus.completed': 'leaving', 'recordingStatus.failed': 'leaving' },
    },
    leaving: { entry: 'hangUp' },
  },
})

export const policyRecording = policy.createMachine(
  callChart({
    id: 'policy-recording',
    version: '1',
    participantCapacity: CAPACITY,
    bot: atStart,
    scenario,
  }),
)
