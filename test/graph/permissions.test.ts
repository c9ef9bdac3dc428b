import { describe, expect, test } from 'vitest'
import type { EffectName } from '../../machines/effects.ts'
import { missingPermission, permissionFault } from '../../src/graph/permissions.ts'
import { ANNA, BEN } from './fixtures.ts'

const appHosted = { '@odata.type': '#microsoft.graph.appHostedMediaConfig', blob: 'b' }
const meeting = { meetingInfo: { token: 't' } }
const anyOf = (effect: EffectName, params: unknown, ...roles: string[]) =>
  missingPermission(effect, params, roles)?.anyOf

describe('createCall needs what its shape needs', () => {
  test.each<[string, object, string]>([
    ['one target', { targets: ANNA }, 'Calls.Initiate.All'],
    ['one target in a list', { targets: [ANNA] }, 'Calls.Initiate.All'],
    ['a phone', { targets: '+4930123456' }, 'Calls.Initiate.All'],
    ['several targets', { targets: [ANNA, BEN] }, 'Calls.InitiateGroupCall.All'],
    ['a meeting', meeting, 'Calls.JoinGroupCall.All'],
    ['a meeting as a guest', meeting, 'Calls.JoinGroupCallAsGuest.All'],
    ['a meeting whose chat consents', meeting, 'Calls.JoinGroupCalls.Chat'],
  ])('%s', (_, params, role) => {
    expect(anyOf('createCall', params, role)).toBeUndefined()
    expect(anyOf('createCall', params, 'Mail.Read')).toContain(role)
    expect(anyOf('createCall', { ...params, mediaConfig: appHosted }, role)).toContain(
      'Calls.AccessMedia.All',
    )
    expect(
      anyOf('createCall', { ...params, mediaConfig: appHosted }, role, 'Calls.AccessMedia.All'),
    ).toBeUndefined()
  })
})

test('answer needs a permission for app-hosted media only', () => {
  expect(anyOf('answer', {}, 'Mail.Read')).toBeUndefined()
  expect(anyOf('answer', { mediaConfig: appHosted }, 'Mail.Read')).toContain(
    'Calls.AccessMedia.All',
  )
})

test.each<[EffectName, string]>([
  ['getParticipant', 'Calls.JoinGroupCalls.All'],
  ['muteParticipant', 'Calls.JoinGroupCallsasGuest.All'],
  ['startHoldMusic', 'Calls.JoinGroupCallasGuest.All'],
  ['invite', 'Calls.InitiateGroupCalls.All'],
])('%s takes the old spelling %s', (effect, role) => {
  expect(anyOf(effect, {}, role)).toBeUndefined()
})

test('roles that are not known forbid nothing', () => {
  expect(missingPermission('invite', {}, [])).toBeUndefined()
})

test('the fault names the permission, the page and who grants it', () => {
  const missing = missingPermission('recordResponse', {}, ['Calls.Initiate.All'])
  expect(missing).toEqual({
    anyOf: ['Calls.AccessMedia.All'],
    page: 'call-record',
    grantedBy: 'an administrator of the tenant (admin consent)',
  })
  expect(missing && permissionFault('recordResponse', missing)).toMatchObject({
    status: 0,
    code: 'permission.missing',
    message: expect.stringMatching(/Calls.AccessMedia.All.*'recordResponse'.*call-record/),
    fix: expect.stringMatching(/administrator.*admin consent.*checkPermissions: false/),
  })
})
