import { describe, expect, test } from 'vitest'
import { type EffectName, effects, isEffectName } from '../../machines/effects.ts'
import { EffectError } from '../../src/graph/effectError.ts'
import { joiningResponse } from '../../src/graph/joiningResponse.ts'
import { requestFor } from '../../src/graph/requests.ts'
import { ANNA, BEN, CALL, OPERATION } from './fixtures.ts'

const callbackUri = 'https://desk.example/api/calls/k1'
const call = { key: 'k1', graphId: CALL, callbackUri, tenantId: OPERATION }
const options = { commandId: 'c-1', promptsUrl: 'https://desk.example/prompts' }
const clientContext = 'c-1'

const ask = (effect: EffectName, params: unknown = {}, of = call) =>
  requestFor(effect, params, of, options)
const bodyOf = (effect: EffectName, params?: unknown) => ask(effect, params).body

const graph = (type: string) => ({ '@odata.type': `#microsoft.graph.${type}` })
const target = (kind: string, id: string) => ({
  ...graph('invitationParticipantInfo'),
  identity: { ...graph('identitySet'), [kind]: { ...graph('identity'), id } },
})
const group = { id: 'oneToOne', routingMode: 'oneToOne', sources: [ANNA], receivers: [BEN] }
const serviceHosted = graph('serviceHostedMediaConfig')

describe('method and path', () => {
  const participantId = BEN
  const on = `/communications/calls/${CALL}`
  test.each<[EffectName, unknown, string]>([
    ['createCall', {}, 'POST /communications/calls'],
    ['getCall', {}, `GET ${on}`],
    ['answer', {}, `POST ${on}/answer`],
    ['reject', {}, `POST ${on}/reject`],
    ['redirect', { targets: ANNA }, `POST ${on}/redirect`],
    ['transfer', { to: ANNA }, `POST ${on}/transfer`],
    ['hangUp', undefined, `DELETE ${on}`],
    ['keepAlive', {}, `POST ${on}/keepAlive`],
    ['mute', {}, `POST ${on}/mute`],
    ['unmute', {}, `POST ${on}/unmute`],
    ['changeScreenSharingRole', { role: 'sharer' }, `POST ${on}/changeScreenSharingRole`],
    ['playPrompt', { prompt: 'hello.wav' }, `POST ${on}/playPrompt`],
    ['recordResponse', {}, `POST ${on}/recordResponse`],
    ['subscribeToTone', {}, `POST ${on}/subscribeToTone`],
    ['sendDtmfTones', { tones: ['tone1'] }, `POST ${on}/sendDtmfTones`],
    ['cancelMediaProcessing', {}, `POST ${on}/cancelMediaProcessing`],
    ['updateRecordingStatus', { status: 'recording' }, `POST ${on}/updateRecordingStatus`],
    ['listParticipants', {}, `GET ${on}/participants`],
    ['getParticipant', { participantId }, `GET ${on}/participants/${BEN}`],
    ['invite', { participants: ANNA }, `POST ${on}/participants/invite`],
    ['removeParticipant', { participantId }, `DELETE ${on}/participants/${BEN}`],
    ['muteParticipant', { participantId }, `POST ${on}/participants/${BEN}/mute`],
    ['startHoldMusic', { participantId }, `POST ${on}/participants/${BEN}/startHoldMusic`],
    ['stopHoldMusic', { participantId }, `POST ${on}/participants/${BEN}/stopHoldMusic`],
    ['addLargeGalleryView', {}, `POST ${on}/addLargeGalleryView`],
    ['listContentSharingSessions', {}, `GET ${on}/contentSharingSessions`],
    [
      'getContentSharingSession',
      { contentSharingSessionId: BEN },
      `GET ${on}/contentSharingSessions/${BEN}`,
    ],
    ['createAudioRoutingGroup', group, `POST ${on}/audioRoutingGroups`],
    ['listAudioRoutingGroups', {}, `GET ${on}/audioRoutingGroups`],
    ['getAudioRoutingGroup', { id: 'oneToOne' }, `GET ${on}/audioRoutingGroups/oneToOne`],
    ['updateAudioRoutingGroup', group, `PATCH ${on}/audioRoutingGroups/oneToOne`],
    ['deleteAudioRoutingGroup', { id: 'oneToOne' }, `DELETE ${on}/audioRoutingGroups/oneToOne`],
  ])('of %s', (effect, params, line) => {
    const { method, path } = ask(effect, params)
    expect(`${method} ${path}`).toBe(line)
  })

  test.each<[EffectName, unknown]>([
    ['getCall', {}],
    ['hangUp', {}],
    ['keepAlive', {}],
    ['listParticipants', {}],
    ['getParticipant', { participantId: BEN }],
    ['removeParticipant', { participantId: BEN }],
  ])('%s has no body', (effect, params) => {
    expect(ask(effect, params)).not.toHaveProperty('body')
  })
})

describe('bodies are as documented', () => {
  test.each<EffectName>(['mute', 'unmute', 'subscribeToTone', 'cancelMediaProcessing'])(
    '%s carries the command id alone',
    (effect) => {
      expect(bodyOf(effect)).toEqual({ clientContext })
    },
  )

  test('answer, with nothing said and with everything said', () => {
    expect(bodyOf('answer')).toEqual({
      callbackUri,
      acceptedModalities: ['audio'],
      mediaConfig: serviceHosted,
    })
    const mediaConfig = { ...graph('appHostedMediaConfig'), blob: 'b' }
    const callOptions = { isDeltaRosterEnabled: true }
    const params = {
      acceptedModalities: ['video'],
      mediaConfig,
      callOptions,
      participantCapacity: 9,
    }
    expect(bodyOf('answer', params)).toEqual({
      ...params,
      callbackUri,
      callOptions: { ...graph('incomingCallOptions'), ...callOptions },
    })
  })

  test('a call to one user', () => {
    expect(bodyOf('createCall', { targets: ANNA })).toEqual({
      ...graph('call'),
      callbackUri,
      targets: [target('user', ANNA)],
      requestedModalities: ['audio'],
      mediaConfig: serviceHosted,
    })
  })

  test('a call to a group, from the bot, with members nobody documented', () => {
    const source = { identity: { application: { id: BEN, displayName: 'Desk' } }, region: null }
    const params = { targets: [ANNA, `application:${BEN}`], source, subject: 'Rent', mood: 'good' }
    expect(bodyOf('createCall', params)).toMatchObject({
      targets: [target('user', ANNA), target('application', BEN)],
      source: {
        ...graph('participantInfo'),
        region: null,
        identity: {
          ...graph('identitySet'),
          application: { ...graph('identity'), id: BEN, displayName: 'Desk' },
        },
      },
      subject: 'Rent',
      mood: 'good',
    })
    expect(bodyOf('createCall', params)).not.toHaveProperty('tenantId')
  })

  test('a call to a phone names its tenant', () => {
    expect(bodyOf('createCall', { targets: '+4930123456' })).toMatchObject({
      targets: [target('phone', '+4930123456')],
      tenantId: OPERATION,
    })
  })

  test.each([
    ['organizerMeetingInfo', { organizer: { user: { id: ANNA } } }],
    ['joinMeetingIdMeetingInfo', { joinMeetingId: '1234567', passcode: null }],
    ['tokenMeetingInfo', { token: 't' }],
  ])('joining by %s names the tenant and the kind', (kind, meetingInfo) => {
    const joined = bodyOf('createCall', { meetingInfo, chatInfo: { threadId: '19:m' } })
    expect(joined).toMatchObject({
      meetingInfo: { ...graph(kind), ...meetingInfo },
      chatInfo: { ...graph('chatInfo'), threadId: '19:m' },
      tenantId: OPERATION,
    })
    expect(joined).not.toHaveProperty('targets')
  })

  test('reject, redirect and screen sharing', () => {
    expect(bodyOf('reject')).toEqual({ reason: 'none' })
    expect(bodyOf('reject', { reason: 'busy' })).toEqual({ reason: 'busy' })
    expect(bodyOf('redirect', { targets: [ANNA, BEN], timeout: 15 })).toEqual({
      targets: [target('user', ANNA), target('user', BEN)],
      timeout: 15,
      callbackUri,
    })
    expect(bodyOf('changeScreenSharingRole', { role: 'viewer' })).toEqual({ role: 'viewer' })
  })

  test('transfers: blind, consultative, from a group, to a phone', () => {
    const transferTarget = { ...target('user', ANNA), endpointType: 'default' }
    const transferee = BEN
    expect(bodyOf('transfer', { to: ANNA })).toEqual({ transferTarget })
    expect(bodyOf('transfer', { to: ANNA, replacesCallId: OPERATION })).toEqual({
      transferTarget: { ...transferTarget, replacesCallId: OPERATION },
    })
    expect(bodyOf('transfer', { to: ANNA, transferee })).toEqual({
      transferTarget,
      transferee: { ...graph('participantInfo'), participantId: BEN },
    })
    expect(bodyOf('transfer', { to: '+4930123456' })).toEqual({
      transferTarget: { ...target('phone', '+4930123456'), endpointType: 'default' },
      clientContext,
    })
  })

  const prompt = (uri: string, resourceId: unknown) => ({
    ...graph('mediaPrompt'),
    mediaInfo: { ...graph('mediaInfo'), uri, resourceId },
  })

  test('prompts by name, by URL and with an id of their own', () => {
    const own = { uri: 'https://cdn.example/b.wav', resourceId: 'b' }
    const params = { prompt: ['a.wav', 'https://cdn.example/a.wav', own] }
    expect(bodyOf('playPrompt', params)).toEqual({
      clientContext,
      prompts: [
        prompt('https://desk.example/prompts/a.wav', expect.stringMatching(/^[0-9a-f-]{36}$/)),
        prompt('https://cdn.example/a.wav', expect.any(String)),
        prompt(own.uri, 'b'),
      ],
    })
    expect(bodyOf('playPrompt', params)).toEqual(bodyOf('playPrompt', params))
  })

  test('recording, with only what was said', () => {
    expect(bodyOf('recordResponse')).toEqual({ clientContext })
    const said = { bargeInAllowed: true, maxRecordDurationInSeconds: 120, stopTones: ['#'] }
    const named = { prompt: 'https://cdn.example/a.wav', ...said }
    expect(bodyOf('recordResponse', named)).toEqual({
      ...said,
      clientContext,
      prompts: [prompt('https://cdn.example/a.wav', expect.any(String))],
    })
  })

  test('tones, recording status and invitations', () => {
    const tones = { tones: ['tone1', 'star'], delayBetweenTonesMs: 100 }
    expect(bodyOf('sendDtmfTones', tones)).toEqual({ ...tones, clientContext })
    expect(bodyOf('updateRecordingStatus', { status: 'failed' })).toEqual({
      status: 'failed',
      clientContext,
    })
    const own = { identity: { user: { id: BEN } }, replacesCallId: CALL }
    expect(bodyOf('invite', { participants: [ANNA, own], replacesCallId: OPERATION })).toEqual({
      participants: [
        { ...target('user', ANNA), replacesCallId: OPERATION },
        { ...target('user', BEN), replacesCallId: CALL },
      ],
      clientContext,
    })
  })
})

describe('the rest of the surface', () => {
  test('hold music of the bot, and routing groups', () => {
    const named = { participantId: BEN, customPrompt: { uri: 'hold.wav' } }
    expect(bodyOf('startHoldMusic', named)).toEqual({
      clientContext,
      customPrompt: {
        ...graph('mediaPrompt'),
        mediaInfo: { ...graph('mediaInfo'), uri: 'https://desk.example/prompts/hold.wav' },
      },
    })
    expect(bodyOf('startHoldMusic', { participantId: BEN })).toEqual({ clientContext })
    expect(bodyOf('createAudioRoutingGroup', group)).toEqual(group)
    expect(bodyOf('updateAudioRoutingGroup', { id: 'oneToOne', sources: [BEN] })).toEqual({
      id: 'oneToOne',
      sources: [BEN],
    })
  })

  test("Graph's own forms keep what they say", () => {
    const to = { identity: { user: { id: ANNA } }, endpointType: 'voicemail' }
    expect(bodyOf('redirect', { targets: to, routingPolicies: ['disableForwarding'] })).toEqual({
      targets: [{ ...target('user', ANNA), endpointType: 'voicemail' }],
      routingPolicies: ['disableForwarding'],
      callbackUri,
    })
    const transferee = { identity: { user: { id: BEN } }, participantId: CALL }
    expect(bodyOf('transfer', { to: ANNA, transferee })).toMatchObject({
      transferee: { ...graph('participantInfo'), participantId: CALL },
    })
    const looped = { mediaInfo: { uri: 'https://cdn.example/a.wav' }, loop: 2 }
    expect(bodyOf('playPrompt', { prompt: looped })).toMatchObject({
      prompts: [{ ...graph('mediaPrompt'), loop: 2 }],
    })
  })

  test('a meeting id without a passcode says so, a token says all by itself', () => {
    const joined = (meetingInfo: object) => bodyOf('createCall', { meetingInfo })
    expect(joined({ joinMeetingId: '1' })).toMatchObject({
      meetingInfo: { passcode: null },
      tenantId: OPERATION,
    })
    expect(joined({ token: 't' })).not.toHaveProperty('tenantId')
  })
})

describe('beta', () => {
  const inBeta = (effect: EffectName, params: unknown) =>
    requestFor(effect, params, call, { ...options, beta: true })

  test.each<[EffectName, object, string]>([
    ['updateMetadata', { metadata: 'shift=night' }, '/updateMetadata'],
    ['muteAll', { participants: [BEN] }, '/participants/muteAll'],
    ['configureMixer', { participantMixerLevels: [] }, '/participants/configureMixer'],
  ])('%s is sent only where it is allowed', (effect, params, tail) => {
    expect(inBeta(effect, params)).toEqual({
      method: 'POST',
      path: `/communications/calls/${CALL}${tail}`,
      body: { ...params, clientContext },
      version: 'beta',
    })
    expect(() => ask(effect, params)).toThrow(/beta only.*beta: true/)
  })

  test('record is recordResponse in the words of 2019', () => {
    const prompts = [{ mediaInfo: { url: 'https://cdn.example/a.wav', id: 'a' } }]
    expect(inBeta('record', { prompts, playBeep: true })).toMatchObject({
      path: `/communications/calls/${CALL}/recordResponse`,
      body: {
        playBeep: true,
        prompts: [{ mediaInfo: { uri: 'https://cdn.example/a.wav', resourceId: 'a' } }],
      },
    })
    expect(() => inBeta('record', { streamWhileRecording: true })).toThrow(/recordResponse has/)
  })
})

describe('the answer to a joining', () => {
  test('is a response body and no request', () => {
    expect(joiningResponse('acceptJoin', undefined)).toEqual(graph('acceptJoinResponse'))
    expect(joiningResponse('rejectJoin', { reason: 'busy' })).toEqual({
      ...graph('rejectJoinResponse'),
      reason: 'busy',
    })
    expect(joiningResponse('rejectJoin', {})).toMatchObject({ reason: 'none' })
    const inviteUri = 'https://desk.example/api/calls'
    expect(joiningResponse('inviteNewBot', { inviteUri })).toEqual({
      ...graph('inviteNewBotResponse'),
      inviteUri,
    })
    expect(() => joiningResponse('inviteNewBot', { inviteUri: 7 })).toThrow(EffectError)
    expect(() => ask('acceptJoin')).toThrow(/no request/)
  })
})

describe('what Graph would refuse is not sent', () => {
  const many = (count: number) => Array.from({ length: count }, () => ANNA)
  test.each<[EffectName, unknown, string, RegExp]>([
    ['playPrompt', { prompt: Array(21).fill('a.wav') }, 'prompt', /at most 20/],
    ['playPrompt', { prompt: [] }, 'prompt', /at least 1/],
    ['playPrompt', {}, 'prompt', /missing/],
    ['playPrompt', { prompt: '../a.wav' }, 'prompt.0', /\.wav/],
    ['playPrompt', { prompt: 'file:///etc/passwd' }, 'prompt.0', /\.wav/],
    ['redirect', { targets: many(26) }, 'targets', /at most 25/],
    ['redirect', { targets: ANNA, timeout: 10 }, 'timeout', /at least 15/],
    ['redirect', { targets: ANNA, timeout: 91 }, 'timeout', /at most 90/],
    ['redirect', { targets: 'no one at all' }, 'targets.0', /object id/],
    ['createCall', { targets: many(6) }, 'targets', /at most 5/],
    ['invite', { participants: many(6) }, 'participants', /at most 5/],
    ['transfer', {}, 'to', /object id/],
    ['transfer', { to: { participantId: BEN } }, 'to', /object id/],
    ['transfer', { to: ANNA, replacesCallId: '../x' }, 'replacesCallId', /an id/],
    ['recordResponse', { maxRecordDurationInSeconds: 121 }, 'maxRecordDurationInSeconds', /120/],
    ['recordResponse', { maxSilenceTimeoutInSeconds: 0 }, 'maxSilenceTimeoutInSeconds', /least 1/],
    ['sendDtmfTones', { tones: [] }, 'tones', /at least 1/],
    ['changeScreenSharingRole', { role: 'owner' }, 'role', /viewer or sharer/],
    ['muteParticipant', { participantId: 'a/b' }, 'participantId', /an id/],
    ['removeParticipant', {}, 'participantId', /text/],
  ])('%s with %j', (effect, params, field, reason) => {
    expect.assertions(3)
    try {
      ask(effect, params)
    } catch (error) {
      expect(error).toBeInstanceOf(EffectError)
      expect(error).toMatchObject({ effect, field, code: 'effect.invalid' })
      expect(String(error)).toMatch(reason)
    }
  })

  test('an effect on a call that Graph has not named yet', () => {
    expect(() => requestFor('answer', {}, { key: 'k1', callbackUri }, options)).toThrow(/k1/)
    expect(() => ask('answer', {}, { ...call, graphId: '../users' })).toThrow(EffectError)
  })

  test('a command id longer than clientContext may be', () => {
    const commandId = 'c'.repeat(257)
    expect(() => requestFor('mute', {}, call, { ...options, commandId })).toThrow(/256/)
  })

  test.each(Object.keys(effects).filter(isEffectName))(
    '%s says so for any nonsense, and nothing else',
    (effect) => {
      for (const nonsense of [7, 'x', [], { prompt: 7, targets: 7, to: [], tones: 'x' }]) {
        try {
          ask(effect, nonsense)
        } catch (error) {
          expect(error).toBeInstanceOf(EffectError)
        }
      }
    },
  )
})

test.each([
  ['anna@contoso.example', 'user', 'anna@contoso.example'],
  [ANNA, 'user', ANNA],
  ['+4930123456', 'phone', '+4930123456'],
  [`application:${BEN}`, 'application', BEN],
  [`applicationInstance:${BEN}`, 'applicationInstance', BEN],
])('target %s is a %s', (short, kind, id) => {
  expect(bodyOf('redirect', { targets: short })).toMatchObject({ targets: [target(kind, id)] })
})
