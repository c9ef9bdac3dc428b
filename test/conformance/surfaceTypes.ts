/** Writes `surface.types.ts`: one line a type or enum of the surface, which the compiler holds us to. */
import { propertiesOf, surface } from './surface.ts'

/** Our words by Graph's; a type that is not here is the types package's under its own name. */
const ourTypes: Readonly<Record<string, string>> = {
  call: 'ours.Call',
  participant: 'ours.Participant',
  participantInfo: 'ours.ParticipantInfo',
  invitationParticipantInfo: 'ours.InvitationParticipantInfo',
  deltaParticipants: 'ours.DeltaParticipants',
  removedState: 'ours.RemovedState',
  onlineMeetingRestricted: 'ours.RestrictedExperience',
  mediaStream: 'ours.MediaStream',
  callMediaState: "NonNullable<ours.Call['mediaState']>",
  callRoute: 'ours.CallRoute',
  callTranscriptionInfo: 'ours.CallTranscription',
  recordingInfo: 'ours.RecordingInfo',
  incomingContext: 'ours.IncomingContext',
  contentSharingSession: 'ours.ContentSharingSession',
  audioRoutingGroup: 'ours.AudioRoutingGroup',
  toneInfo: 'ours.ToneInfo',
  resultInfo: 'ours.ResultInfo',
  chatInfo: 'ours.ChatInfo',
  mediaPrompt: 'ours.MediaPrompt',
  mediaInfo: 'ours.MediaInfo',
  onlineMeeting: 'OnlineMeeting',
  onlineMeetingBase: 'OnlineMeeting',
  callRecording: 'CallRecording',
}

const ourFamilies: readonly (readonly [name: RegExp, ours: string])[] = [
  [/IdentitySet$|^identitySet$/, 'ours.IdentitySet'],
  [/Identity$|^identity$/, 'ours.Identity'],
  [/allOptions$/, 'ours.CallOptions'],
  [/^(meetingInfo|\w+MeetingInfo)$/, 'ours.MeetingInfo'],
  [/ediaConfig$/, 'ours.MediaConfig'],
  [/Operation$/, 'ours.Operation'],
]

const ourEnums: Readonly<Record<string, string>> = {
  operationStatus: 'Capitalize<ours.OperationStatus>',
  sendDtmfCompletionReason: 'ours.PromptCompletionReason',
  playPromptCompletionReason: 'ours.PromptCompletionReason',
  onlineMeetingContentSharingDisabledReason: 'ours.RestrictionReason',
  onlineMeetingVideoDisabledReason: 'ours.RestrictionReason',
  onlineMeetingType: 'MeetingType',
}

const ourOwnEnums: ReadonlySet<string> = new Set([
  'callState',
  'callDirection',
  'modality',
  'mediaDirection',
  'mediaState',
  'routingType',
  'rejectReason',
  'screenSharingRole',
  'tone',
  'recordingStatus',
  'endpointType',
  'changeType',
  'routingMode',
  'callTranscriptionState',
  'routingPolicy',
  'recordCompletionReason',
])

/** The file's text. */
export function surfaceTypes(): string {
  return [
    '/** Written by surfaceTypes.ts from surface.json: every property and member is one our types name. */',
    "import type * as npm from '@microsoft/microsoft-graph-types'",
    "import type * as ours from '../../machines/words.ts'",
    "import type { CallRecording, MeetingType, OnlineMeeting } from '../../src/graph/onlineMeetings.ts'",
    '',
    'type Named<Value> = keyof {',
    '  [Member in keyof Value as string extends Member ? never : Member]: Value[Member]',
    '}',
    `type Words<Text> = Text extends \`\${infer First} \${infer Rest}\` ? First | Words<Rest> : Text`,
    'type Has<Wanted extends Known, Known> = Wanted',
    '',
    'export type Types = {',
    ...Object.keys(surface.types).flatMap(typeLine),
    '}',
    '',
    'export type Enums = {',
    ...enums().map(([name, members]) => `  ${name}: Has<${union(members)}, ${enumOf(name)}>`),
    '}',
    '',
  ].join('\n')
}

function typeLine(name: string): readonly string[] {
  const properties = [...propertiesOf(name)]
  return properties.length === 0
    ? []
    : [`  ${name}: Has<${wordsOf(properties)}, Named<${typeOf(name)}>>`]
}

function typeOf(name: string): string {
  const family = ourFamilies.find(([pattern]) => pattern.test(name))?.[1]
  return ourTypes[name] ?? family ?? `npm.${capital(name)}`
}

function enums(): readonly (readonly [string, readonly string[]])[] {
  const { enums: v1, beta } = surface
  const names = new Set([...Object.keys(v1), ...Object.keys(beta.enums)])
  return [...names].map((name) => [name, [...(v1[name] ?? []), ...(beta.enums[name] ?? [])]])
}

function enumOf(name: string): string {
  return ourEnums[name] ?? `${ourOwnEnums.has(name) ? 'ours' : 'npm'}.${capital(name)}`
}

function wordsOf(words: readonly string[]): string {
  return `Words<'${words.join(' ')}'>`
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function union(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' | ')
}
