/** One request for every effect: the method, the path and the body Graph documents. */
import type { z } from 'zod'
import type { EffectName } from '../../machines/effects.ts'
import { EffectError } from './effectError.ts'
import { pathId } from './ids.ts'
import { isObject, type JsonObject, present } from './json.ts'
import { effectParams } from './params.ts'
import {
  callOptionsOf,
  mediaPromptOf,
  meetingInfoOf,
  participantInfoOf,
  serviceHosted,
  typed,
} from './shorthand.ts'

/** A request to Graph, its path below the version, e.g. `/communications/calls`. */
export type GraphRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: JsonObject
}

/** The call an effect is about. */
export type CallRef = {
  /** Our own key of the call, the last segment of its `callbackUri`. */
  readonly key: string
  /** Graph's id; absent until the request that creates the call is answered. */
  readonly graphId?: string | undefined
  readonly callbackUri: string
  readonly tenantId?: string | undefined
}

export type RequestOptions = {
  /** Becomes `clientContext` where the method has one. */
  readonly commandId: string
  /** Where Graph fetches prompts that a chart names by file name. */
  readonly promptsUrl: string
}

/**
 * The request for an effect, its parameters as the chart wrote them. Throws `EffectError` where Graph
 * would refuse it: a missing field, a limit passed, an id that is none.
 */
export function requestFor(
  effect: EffectName,
  params: unknown,
  call: CallRef,
  options: RequestOptions,
): GraphRequest {
  return builders[effect](params, new Ask(effect, call, options))
}

type Builder = (params: unknown, ask: Ask) => GraphRequest

class Ask {
  readonly effect: EffectName
  readonly call: CallRef
  readonly promptsUrl: string
  readonly clientContext: string

  constructor(effect: EffectName, call: CallRef, options: RequestOptions) {
    this.effect = effect
    this.call = call
    this.promptsUrl = options.promptsUrl
    this.clientContext = options.commandId
    if (this.clientContext.length > 256)
      throw new EffectError(effect, 'clientContext', 'must be at most 256 characters')
  }

  request(method: GraphRequest['method'], tail = '', body?: JsonObject): GraphRequest {
    const id = pathId(this.call.graphId ?? '')
    if (id === undefined)
      throw new EffectError(this.effect, 'id', `call "${this.call.key}" has no Graph id yet`)
    const path = `/communications/calls/${id}${tail}`
    return body ? { method, path, body: present(body) } : { method, path }
  }

  post(tail: string, body?: JsonObject): GraphRequest {
    return this.request('POST', tail, body)
  }

  /** POST of an operation, which carries our command id as `clientContext`. */
  operate(tail: string, body: JsonObject = {}): GraphRequest {
    return this.post(tail, { ...body, clientContext: this.clientContext })
  }
}

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

const builders: { readonly [Name in EffectName]: Builder } = {
  createCall: takes(effectParams.createCall, createCall),
  getCall: takes(effectParams.getCall, (_, ask) => ask.request('GET')),
  answer: takes(effectParams.answer, (params, ask) =>
    ask.post('/answer', {
      ...params,
      callbackUri: ask.call.callbackUri,
      acceptedModalities: params.acceptedModalities ?? ['audio'],
      mediaConfig: params.mediaConfig ?? serviceHosted,
      callOptions: callOptionsOf('incomingCallOptions', params.callOptions),
    }),
  ),
  reject: takes(effectParams.reject, ({ reason = 'none' }, ask) => ask.post('/reject', { reason })),
  redirect: takes(effectParams.redirect, (params, ask) =>
    ask.post('/redirect', { ...params, callbackUri: ask.call.callbackUri }),
  ),
  transfer: takes(effectParams.transfer, ({ to, replacesCallId, transferee }, ask) =>
    ask.post('/transfer', {
      transferTarget: present({ endpointType: 'default', replacesCallId, ...to }),
      transferee: transferee && typed('participantInfo', { participantId: transferee }),
      // Not in Graph's metadata; documented for phone numbers only.
      clientContext: isPhone(to) ? ask.clientContext : undefined,
    }),
  ),
  hangUp: takes(effectParams.hangUp, (_, ask) => ask.request('DELETE')),
  keepAlive: takes(effectParams.keepAlive, (_, ask) => ask.post('/keepAlive')),
  mute: takes(effectParams.mute, (_, ask) => ask.operate('/mute')),
  unmute: takes(effectParams.unmute, (_, ask) => ask.operate('/unmute')),
  changeScreenSharingRole: takes(effectParams.changeScreenSharingRole, ({ role }, ask) =>
    ask.post('/changeScreenSharingRole', { role }),
  ),
  playPrompt: takes(effectParams.playPrompt, ({ prompt }, ask) =>
    ask.operate('/playPrompt', {
      prompts: prompt.map((item) => mediaPromptOf(item, ask.promptsUrl)),
    }),
  ),
  recordResponse: takes(effectParams.recordResponse, ({ prompt, ...params }, ask) =>
    ask.operate('/recordResponse', {
      ...params,
      prompts: prompt && [mediaPromptOf(prompt, ask.promptsUrl)],
    }),
  ),
  subscribeToTone: takes(effectParams.subscribeToTone, (_, ask) => ask.operate('/subscribeToTone')),
  sendDtmfTones: takes(effectParams.sendDtmfTones, (params, ask) =>
    ask.operate('/sendDtmfTones', params),
  ),
  cancelMediaProcessing: takes(effectParams.cancelMediaProcessing, (_, ask) =>
    ask.operate('/cancelMediaProcessing'),
  ),
  updateRecordingStatus: takes(effectParams.updateRecordingStatus, ({ status }, ask) =>
    ask.operate('/updateRecordingStatus', { status }),
  ),
  listParticipants: takes(effectParams.listParticipants, (_, ask) =>
    ask.request('GET', '/participants'),
  ),
  getParticipant: takes(effectParams.getParticipant, ({ participantId }, ask) =>
    ask.request('GET', `/participants/${participantId}`),
  ),
  invite: takes(effectParams.invite, ({ participants, replacesCallId }, ask) =>
    ask.operate('/participants/invite', {
      participants: participants.map((target) => present({ replacesCallId, ...target })),
    }),
  ),
  removeParticipant: takes(effectParams.removeParticipant, ({ participantId }, ask) =>
    ask.request('DELETE', `/participants/${participantId}`),
  ),
  muteParticipant: takes(effectParams.muteParticipant, ({ participantId }, ask) =>
    ask.operate(`/participants/${participantId}/mute`),
  ),
}

function createCall(params: z.output<typeof effectParams.createCall>, ask: Ask): GraphRequest {
  const { source, callOptions, chatInfo, meetingInfo, targets, ...rest } = params
  const needsTenant = chatInfo || meetingInfo || targets?.some(isPhone)
  const body = {
    ...rest,
    callbackUri: ask.call.callbackUri,
    targets,
    source: source && participantInfoOf('participantInfo', source),
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
