/**
 * Effects: what a chart may ask of Graph. Each is an inert, typed action named by Graph's verb; the
 * engine stores it with the turn that asked and sends it afterwards.
 */
import type { EffectParams } from './effectParams.ts'

export type * from './effectParams.ts'

/** The name of an effect. */
export type EffectName = keyof EffectParams

/** How the engine treats one effect. */
export type EffectRule = {
  /** First word of its events: `prompt` gives `prompt.asked`, `prompt.completed`, … */
  readonly noun: string
  /**
   * What a crash between sending and hearing means: `repeat` it (harmless), or `lookFirst` for
   * evidence that Graph did it, then follow `unresolved`.
   */
  readonly afterDoubt: 'repeat' | 'lookFirst'
  /** What to do when no evidence turned up in time. */
  readonly unresolved: 'resend' | 'drop'
  /**
   * What a success means: done, accepted with the rest told by notifications, an operation, or no request
   * at all: `responded` is the body of our HTTP response to a joining notification, `placed` and `delivered`
   * are between calls of this engine.
   */
  readonly success: 'completed' | 'accepted' | 'operation' | 'responded' | 'placed' | 'delivered'
  /** Sent at once instead of waiting behind the call's earlier effects. */
  readonly urgent: boolean
  /** Known to Graph's beta only; refused unless the bot's `beta` option is on. */
  readonly beta: boolean
}

const repeat = { afterDoubt: 'repeat', unresolved: 'resend', urgent: false, beta: false } as const
const lookFirst = { ...repeat, afterDoubt: 'lookFirst' } as const
const respond = { ...repeat, unresolved: 'drop', success: 'responded', urgent: true } as const

/** The repeat rules and event nouns of every effect. */
export const effects = {
  createCall: { ...lookFirst, noun: 'createCall', success: 'accepted', unresolved: 'drop' },
  placeCall: { ...repeat, noun: 'placeCall', success: 'placed' },
  tellCall: { ...repeat, noun: 'tellCall', success: 'delivered' },
  getCall: { ...repeat, noun: 'getCall', success: 'completed' },
  answer: { ...repeat, noun: 'answer', success: 'accepted' },
  reject: { ...repeat, noun: 'reject', success: 'accepted' },
  redirect: { ...lookFirst, noun: 'redirect', success: 'accepted' },
  transfer: { ...lookFirst, noun: 'transfer', success: 'accepted' },
  hangUp: { ...repeat, noun: 'hangUp', success: 'accepted', urgent: true },
  keepAlive: { ...repeat, noun: 'keepAlive', success: 'completed', urgent: true },
  mute: { ...repeat, noun: 'mute', success: 'operation' },
  unmute: { ...repeat, noun: 'unmute', success: 'operation' },
  changeScreenSharingRole: { ...repeat, noun: 'screenSharingRole', success: 'accepted' },
  playPrompt: { ...lookFirst, noun: 'prompt', success: 'operation' },
  recordResponse: { ...lookFirst, noun: 'recording', success: 'operation' },
  subscribeToTone: { ...repeat, noun: 'subscribeToTone', success: 'operation' },
  sendDtmfTones: { ...lookFirst, noun: 'tones', success: 'operation', unresolved: 'drop' },
  // In its place: it cancels the prompts asked for before it, and none that are asked for after it.
  cancelMediaProcessing: { ...repeat, noun: 'cancelMediaProcessing', success: 'operation' },
  updateRecordingStatus: { ...repeat, noun: 'recordingStatus', success: 'operation' },
  addLargeGalleryView: { ...lookFirst, noun: 'largeGallery', success: 'operation' },
  listContentSharingSessions: {
    ...repeat,
    noun: 'listContentSharingSessions',
    success: 'completed',
  },
  getContentSharingSession: { ...repeat, noun: 'getContentSharingSession', success: 'completed' },

  listParticipants: { ...repeat, noun: 'listParticipants', success: 'completed' },
  getParticipant: { ...repeat, noun: 'getParticipant', success: 'completed' },
  invite: { ...lookFirst, noun: 'invite', success: 'operation' },
  removeParticipant: { ...repeat, noun: 'removeParticipant', success: 'completed' },
  muteParticipant: { ...repeat, noun: 'muteParticipant', success: 'operation' },
  startHoldMusic: { ...lookFirst, noun: 'holdMusic', success: 'operation' },
  stopHoldMusic: { ...repeat, noun: 'stopHoldMusic', success: 'operation' },

  // The bot chooses a group's id: to make it twice is to make it once.
  createAudioRoutingGroup: { ...repeat, noun: 'createAudioRoutingGroup', success: 'completed' },
  listAudioRoutingGroups: { ...repeat, noun: 'listAudioRoutingGroups', success: 'completed' },
  getAudioRoutingGroup: { ...repeat, noun: 'getAudioRoutingGroup', success: 'completed' },
  updateAudioRoutingGroup: { ...repeat, noun: 'updateAudioRoutingGroup', success: 'completed' },
  deleteAudioRoutingGroup: { ...repeat, noun: 'deleteAudioRoutingGroup', success: 'completed' },

  updateMetadata: { ...repeat, noun: 'updateMetadata', success: 'operation', beta: true },
  muteAll: { ...repeat, noun: 'muteAll', success: 'operation', beta: true },
  configureMixer: { ...repeat, noun: 'configureMixer', success: 'operation', beta: true },
  record: { ...lookFirst, noun: 'recording', success: 'operation', beta: true },

  acceptJoin: { ...respond, noun: 'acceptJoin' },
  rejectJoin: { ...respond, noun: 'rejectJoin' },
  inviteNewBot: { ...respond, noun: 'inviteNewBot' },
} as const satisfies { readonly [Name in EffectName]: EffectRule }

/** The effects that are no requests: they answer a joining notification in our HTTP response. */
export type JoinEffect = {
  [Name in EffectName]: (typeof effects)[Name]['success'] extends 'responded' ? Name : never
}[EffectName]

/** Whether an effect answers a joining notification instead of becoming a request. */
export function isJoinEffect(effect: string): effect is JoinEffect {
  return isEffectName(effect) && effects[effect].success === 'responded'
}

/** The effects that are between calls of this engine, and no requests to Graph. */
export type CallEffect = {
  [Name in EffectName]: (typeof effects)[Name]['success'] extends 'placed' | 'delivered'
    ? Name
    : never
}[EffectName]

/** Whether an effect is between calls of this engine. */
export function isCallEffect(effect: string): effect is CallEffect {
  return isEffectName(effect) && ['placed', 'delivered'].includes(effects[effect].success)
}

/** The effects that become requests to Graph. */
export type RequestEffect = Exclude<EffectName, JoinEffect | CallEffect>

/** The first word of an effect's events. */
export type Noun<Name extends EffectName> = (typeof effects)[Name]['noun']

/** Whether a word names an effect. */
export function isEffectName(word: string): word is EffectName {
  return Object.hasOwn(effects, word)
}

/** Which request an outcome answers. */
export type Command = {
  /** The command id, which is also the request's `clientContext`. */
  readonly id: string
  readonly effect: EffectName
}
