/** One request for every effect: the method, the path and the body Graph documents. */
import type { z } from 'zod'
import {
  type EffectName,
  effects,
  isCallEffect,
  isJoinEffect,
  type RequestEffect,
} from '../../machines/effects.ts'
import { Ask, type CallRef, type GraphRequest, type RequestOptions } from './ask.ts'
import { EffectError } from './effectError.ts'
import { isObject, type JsonObject, present } from './json.ts'
import { effectParams } from './params.ts'
import { callOptionsOf, mediaPromptOf, meetingInfoOf, serviceHosted, typed } from './shorthand.ts'

/**
 * The request for an effect, its parameters as the chart wrote them. Throws `EffectError` where Graph
 * would refuse it: a missing field, a limit passed, an id that is none, a beta effect without `beta`.
 */
export function requestFor(
  effect: EffectName,
  params: unknown,
  call: CallRef,
  options: RequestOptions,
): GraphRequest {
  if (isJoinEffect(effect))
    throw new EffectError(effect, 'effect', 'answers a joining notification and is no request')
  if (isCallEffect(effect))
    throw new EffectError(effect, 'effect', 'is between calls of the engine and no request')
  const { beta } = effects[effect]
  if (beta && !options.beta)
    throw new EffectError(
      effect,
      'effect',
      "is known to Graph's beta only",
      'Set the option beta: true of createBot to use it; nothing was sent to Graph.',
    )
  const request = builders[effect](params, new Ask(effect, call, options))
  return beta ? { ...request, version: 'beta' } : request
}

type Builder = (params: unknown, ask: Ask) => GraphRequest

/** A builder whose parameters are checked by `schema` first. */
function takes<Schema extends z.ZodType>(
  schema: Schema,
  build: (params: z.output<Schema>, ask: Ask) => GraphRequest,
): Builder {
  return (params, ask) => {
    const read = schema.safeParse(params ?? {})
    if (read.success) return build(read.data, ask)
    const [issue] = read.error.issues
    throw new EffectError(
      ask.effect,
      issue?.path.join('.') || 'params',
      issue?.message ?? 'is not valid',
    )
  }
}

const p = effectParams

const builders: { readonly [Name in RequestEffect]: Builder } = {
  createCall: takes(p.createCall, createCall),
  getCall: takes(p.getCall, (_, ask) => ask.get()),
  answer: takes(p.answer, (params, ask) =>
    ask.post('/answer', {
      ...params,
      callbackUri: ask.call.callbackUri,
      acceptedModalities: params.acceptedModalities ?? ['audio'],
      mediaConfig: params.mediaConfig ?? serviceHosted,
      callOptions: callOptionsOf('incomingCallOptions', params.callOptions),
    }),
  ),
  reject: takes(p.reject, (params, ask) => ask.post('/reject', { reason: 'none', ...params })),
  redirect: takes(p.redirect, (params, ask) =>
    ask.post('/redirect', { ...params, callbackUri: ask.call.callbackUri }),
  ),
  transfer: takes(p.transfer, ({ to, replacesCallId, ...rest }, ask) =>
    ask.post('/transfer', {
      ...rest,
      transferTarget: present({ replacesCallId, ...to }),
      // Not in Graph's metadata; documented for phone numbers only.
      clientContext: isPhone(to) ? ask.clientContext : undefined,
    }),
  ),
  hangUp: takes(p.hangUp, (_, ask) => ask.request('DELETE')),
  keepAlive: takes(p.keepAlive, (_, ask) => ask.post('/keepAlive')),
  mute: takes(p.mute, (_, ask) => ask.operate('/mute')),
  unmute: takes(p.unmute, (_, ask) => ask.operate('/unmute')),
  changeScreenSharingRole: takes(p.changeScreenSharingRole, (params, ask) =>
    ask.post('/changeScreenSharingRole', params),
  ),
  playPrompt: takes(p.playPrompt, ({ prompt, ...rest }, ask) =>
    ask.operate('/playPrompt', {
      ...rest,
      prompts: prompt.map((item) => mediaPromptOf(item, ask.promptsUrl)),
    }),
  ),
  recordResponse: takes(p.recordResponse, ({ prompt, ...rest }, ask) =>
    ask.operate('/recordResponse', {
      ...rest,
      prompts: prompt && [mediaPromptOf(prompt, ask.promptsUrl)],
    }),
  ),
  subscribeToTone: takes(p.subscribeToTone, (_, ask) => ask.operate('/subscribeToTone')),
  sendDtmfTones: takes(p.sendDtmfTones, (params, ask) => ask.operate('/sendDtmfTones', params)),
  cancelMediaProcessing: takes(p.cancelMediaProcessing, (_, ask) =>
    ask.operate('/cancelMediaProcessing'),
  ),
  updateRecordingStatus: takes(p.updateRecordingStatus, (params, ask) =>
    ask.operate('/updateRecordingStatus', params),
  ),
  addLargeGalleryView: takes(p.addLargeGalleryView, (_, ask) =>
    ask.operate('/addLargeGalleryView'),
  ),
  listContentSharingSessions: takes(p.listContentSharingSessions, (_, ask) =>
    ask.get('/contentSharingSessions'),
  ),
  getContentSharingSession: takes(p.getContentSharingSession, ({ contentSharingSessionId }, ask) =>
    ask.get(`/contentSharingSessions/${contentSharingSessionId}`),
  ),

  listParticipants: takes(p.listParticipants, (_, ask) => ask.get('/participants')),
  getParticipant: takes(p.getParticipant, ({ participantId }, ask) =>
    ask.get(`/participants/${participantId}`),
  ),
  invite: takes(p.invite, ({ participants, replacesCallId, ...rest }, ask) =>
    ask.operate('/participants/invite', {
      ...rest,
      participants: participants.map((target) => present({ replacesCallId, ...target })),
    }),
  ),
  removeParticipant: takes(p.removeParticipant, ({ participantId }, ask) =>
    ask.request('DELETE', `/participants/${participantId}`),
  ),
  muteParticipant: takes(p.muteParticipant, ({ participantId }, ask) =>
    ask.operate(`/participants/${participantId}/mute`),
  ),
  startHoldMusic: takes(p.startHoldMusic, ({ participantId, customPrompt, ...rest }, ask) =>
    ask.operate(`/participants/${participantId}/startHoldMusic`, {
      ...rest,
      customPrompt: customPrompt && mediaPromptOf(customPrompt, ask.promptsUrl),
    }),
  ),
  stopHoldMusic: takes(p.stopHoldMusic, ({ participantId }, ask) =>
    ask.operate(`/participants/${participantId}/stopHoldMusic`),
  ),

  createAudioRoutingGroup: takes(p.createAudioRoutingGroup, (group, ask) =>
    ask.post('/audioRoutingGroups', group),
  ),
  listAudioRoutingGroups: takes(p.listAudioRoutingGroups, (_, ask) =>
    ask.get('/audioRoutingGroups'),
  ),
  getAudioRoutingGroup: takes(p.getAudioRoutingGroup, ({ id }, ask) =>
    ask.get(`/audioRoutingGroups/${id}`),
  ),
  updateAudioRoutingGroup: takes(p.updateAudioRoutingGroup, (group, ask) =>
    ask.request('PATCH', `/audioRoutingGroups/${group.id}`, group),
  ),
  deleteAudioRoutingGroup: takes(p.deleteAudioRoutingGroup, ({ id }, ask) =>
    ask.request('DELETE', `/audioRoutingGroups/${id}`),
  ),

  updateMetadata: takes(p.updateMetadata, (params, ask) => ask.operate('/updateMetadata', params)),
  muteAll: takes(p.muteAll, (params, ask) => ask.operate('/participants/muteAll', params)),
  configureMixer: takes(p.configureMixer, (params, ask) =>
    ask.operate('/participants/configureMixer', params),
  ),
  record: takes(p.record, ({ prompts, ...rest }, ask) =>
    ask.operate('/recordResponse', {
      ...rest,
      prompts: prompts?.map((item) => mediaPromptOf(item, ask.promptsUrl)),
    }),
  ),
}

function createCall(params: z.output<typeof effectParams.createCall>, ask: Ask): GraphRequest {
  const { callOptions, chatInfo, meetingInfo, targets, ...rest } = params
  // A token says by itself which meeting of which tenant it is for.
  const namesMeeting = chatInfo || (meetingInfo && !('token' in meetingInfo))
  const needsTenant = namesMeeting || targets?.some(isPhone)
  const body = {
    ...rest,
    callbackUri: ask.call.callbackUri,
    targets,
    requestedModalities: params.requestedModalities ?? ['audio'],
    mediaConfig: params.mediaConfig ?? serviceHosted,
    callOptions: callOptionsOf('outgoingCallOptions', callOptions),
    chatInfo: chatInfo && typed('chatInfo', chatInfo),
    meetingInfo: meetingInfo && meetingInfoOf(meetingInfo),
    tenantId: params.tenantId ?? (needsTenant ? ask.call.tenantId : undefined),
  }
  return { method: 'POST', path: '/communications/calls', body: present(typed('call', body)) }
}

function isPhone({ identity }: JsonObject): boolean {
  return isObject(identity) && isObject(identity.phone)
}
