/**
 * The bot that is simulated: it does whatever can be asked of Graph, when told to by a key. Who is turned
 * away, passed on or left ringing depends on who rings; whom it records beside the first, on the order.
 */
import { callChart, callSetup, type Tone } from 'callchart/machines'
import { assign, fromPromise } from 'xstate'

type Seen = {
  /** Who was the last to join, as a participant id. */
  readonly other: string
  /** How many have joined under a recording policy. */
  readonly joinings: number
}

const busy = callSetup.extend({
  types: {} as { bot: Seen },
  actors: { lookUp: fromPromise(async () => ({ name: 'somebody' })) },
  actions: {
    see: assign(({ context: { bot, self }, event }) =>
      event.type === 'participant.joined' && event.participant.id !== self?.id
        ? { bot: { ...bot, other: event.participant.id ?? '' } }
        : {},
    ),
    count: assign(({ context: { bot } }) => ({ bot: { ...bot, joinings: bot.joinings + 1 } })),
  },
  guards: {
    isNamed: ({ context }, { name }: { name: string }) => context.source.displayName === name,
    isPhone: ({ context }) => context.source.kind === 'phone',
    isRecorder: ({ context }) => Boolean(context.call.incomingContext?.observedParticipantId),
    joinsAs: ({ context }, { turn }: { turn: number }) => context.bot.joinings % 3 === turn,
  },
})

const atStart: Seen = { other: '', joinings: 0 }

/** A key and what it makes the bot do. */
function onTone(tone: Tone, target: string) {
  return { guard: { type: 'toneIs' as const, params: { tone } }, target }
}

function isNamed(name: string) {
  return { type: 'isNamed', params: { name } } as const
}

function joinsAs(turn: number) {
  return { type: 'joinsAs', params: { turn } } as const
}

const scenario = busy.createStateConfig({
  initial: 'waiting',
  on: {
    'participant.joined': { actions: 'see' },
    'participant.joining': [
      { guard: joinsAs(0), actions: ['acceptJoin', 'count'] },
      { guard: joinsAs(1), actions: [{ type: 'rejectJoin', params: { reason: 'busy' } }, 'count'] },
      { actions: ['inviteNewBot', 'count'] },
    ],
  },
  states: {
    waiting: {
      on: {
        'call.incoming': [
          { guard: isNamed('Declining'), actions: { type: 'reject', params: { reason: 'busy' } } },
          /** The deadline passes without a decision. */
          { guard: isNamed('Ignoring'), target: 'waiting' },
          {
            guard: 'isPhone',
            actions: { type: 'redirect', params: { targets: 'desk@contoso.com', timeout: 30 } },
          },
          { guard: 'isRecorder', actions: { type: 'answer', params: { participantCapacity: 2 } } },
          { actions: { type: 'answer', params: { acceptedModalities: ['audio'] } } },
        ],
        'call.established': 'lookingUp',
      },
    },
    lookingUp: { invoke: { src: 'lookUp', onDone: 'connected', onError: 'connected' } },
    /** Only a bot with media of its own can share, and only Graph's media can play. */
    connected: { always: [{ guard: 'isAppHosted', target: 'sharing' }, 'greeting'] },
    greeting: {
      entry: ['subscribeToTone', { type: 'playPrompt', params: { prompt: 'welcome.wav' } }],
      on: {
        'prompt.completed': 'listening',
        'prompt.failed': 'listening',
        'prompt.cancelled': 'listening',
      },
      after: { 6000: 'listening' },
    },
    listening: {
      on: {
        'tone.received': [
          onTone('tone1', 'muted'),
          onTone('tone2', 'sharing'),
          onTone('tone3', 'recording'),
          onTone('tone4', 'inviting'),
          onTone('tone5', 'transferring'),
          onTone('tone6', 'answeringMachine'),
          onTone('tone7', 'leaving'),
          onTone('tone8', 'pressing'),
          onTone('tone9', 'holding'),
          onTone('tone0', 'arranging'),
          onTone('star', 'asking'),
          onTone('pound', 'removing'),
        ],
      },
      after: { 2400000: 'leaving' },
    },
    muted: {
      entry: 'mute',
      after: { 5000: 'unmuted' },
    },
    unmuted: {
      entry: 'unmute',
      on: { 'unmute.completed': 'listening', 'unmute.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    sharing: {
      entry: { type: 'changeScreenSharingRole', params: { role: 'sharer' } },
      after: { 10000: 'viewing' },
    },
    viewing: {
      entry: { type: 'changeScreenSharingRole', params: { role: 'viewer' } },
      after: { 1000: 'listening' },
    },
    recording: {
      entry: { type: 'updateRecordingStatus', params: { status: 'recording' } },
      after: { 8000: 'recorded' },
    },
    recorded: {
      entry: { type: 'updateRecordingStatus', params: { status: 'notRecording' } },
      after: { 1000: 'listening' },
    },
    inviting: {
      entry: { type: 'invite', params: { participants: 'kim@contoso.com' } },
      on: { 'invite.completed': 'listening', 'invite.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    transferring: {
      entry: { type: 'transfer', params: { to: 'desk@contoso.com' } },
      on: { 'transfer.failed': 'listening' },
      after: { 300000: 'leaving' },
    },
    answeringMachine: {
      entry: { type: 'recordResponse', params: { maxRecordDurationInSeconds: 10 } },
      on: { 'recording.completed': 'listening', 'recording.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    pressing: {
      entry: {
        type: 'sendDtmfTones',
        params: { tones: ['tone1', 'star'], delayBetweenTonesMs: 200 },
      },
      on: { 'tones.completed': 'listening', 'tones.failed': 'listening' },
      after: { 120000: 'listening' },
    },
    holding: {
      entry: {
        type: 'startHoldMusic',
        params: ({ context: { bot } }) => ({ participantId: bot.other }),
      },
      after: { 8000: 'resuming' },
    },
    resuming: {
      entry: {
        type: 'stopHoldMusic',
        params: ({ context: { bot } }) => ({ participantId: bot.other }),
      },
      after: { 1000: 'listening' },
    },
    /** What a group call alone has; beta's are refused on our side. */
    arranging: {
      entry: [
        'addLargeGalleryView',
        {
          type: 'createAudioRoutingGroup',
          params: ({ context: { bot, self } }) => ({
            id: 'whisper',
            routingMode: 'oneToOne',
            sources: [self?.id ?? ''],
            receivers: [bot.other],
          }),
        },
        'listAudioRoutingGroups',
        { type: 'getAudioRoutingGroup', params: { id: 'whisper' } },
        {
          type: 'updateAudioRoutingGroup',
          params: ({ context: { bot, self } }) => ({
            id: 'whisper',
            routingMode: 'multicast',
            sources: [self?.id ?? ''],
            receivers: [bot.other],
          }),
        },
        {
          type: 'muteParticipant',
          params: ({ context: { bot } }) => ({ participantId: bot.other }),
        },
        { type: 'updateMetadata', params: { metadata: 'busy' } },
        { type: 'deleteAudioRoutingGroup', params: { id: 'whisper' } },
      ],
      after: { 3000: 'listening' },
    },
    asking: {
      entry: [
        'keepAlive',
        'cancelMediaProcessing',
        'getCall',
        'listParticipants',
        {
          type: 'getParticipant',
          params: ({ context: { bot } }) => ({ participantId: bot.other }),
        },
        'listContentSharingSessions',
        { type: 'getContentSharingSession', params: { contentSharingSessionId: 'none' } },
      ],
      after: { 1000: 'listening' },
    },
    removing: {
      entry: {
        type: 'removeParticipant',
        params: ({ context: { bot } }) => ({ participantId: bot.other }),
      },
      after: { 1000: 'listening' },
    },
    leaving: { entry: 'hangUp' },
  },
})

export const busyBot = busy.createMachine(
  callChart({
    id: 'busy',
    version: '1',
    incoming: 'ask',
    bot: atStart,
    scenario,
  }),
)
