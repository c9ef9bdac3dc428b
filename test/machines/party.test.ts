import { expect, test } from 'vitest'
import { identityKinds, partyOf } from '../../machines/index.ts'

test.each(identityKinds)('a party known by its %s is of that kind', (kind) => {
  const identity = { [kind]: { id: '1', displayName: 'Ann', tenantId: 't' } }
  expect(partyOf({ identity, participantId: 'p' })).toEqual({
    kind,
    id: '1',
    displayName: 'Ann',
    tenantId: 't',
    domain: undefined,
    participantId: 'p',
    identity,
  })
})

test('of several identities the most telling counts', () => {
  const identity = { encrypted: { id: 'e' }, application: { id: 'a' }, user: { id: 'u' } }
  expect(partyOf({ identity })).toMatchObject({ kind: 'user', id: 'u' })
})

test('a kind of identity nobody documented is kept by its name', () => {
  const identity = { '@odata.type': '#microsoft.graph.identitySet', hologram: { id: 'h' } }
  expect(partyOf({ identity })).toMatchObject({ kind: 'hologram', id: 'h' })
})

test.each([undefined, null, {}, { identity: null }, { identity: { user: null } }])(
  'a party without any identity, %o, is unknown',
  (info) => {
    expect(partyOf(info)).toMatchObject({ kind: 'unknown', id: undefined, domain: undefined })
  },
)

test.each([
  [{ userPrincipalName: 'bob@Fabrikam.com', id: 'x' }, 'fabrikam.com'],
  [{ email: 'eve@contoso.com' }, 'contoso.com'],
  [{ id: 'a@b@fabrikam.com' }, 'fabrikam.com'],
  [{ id: '@nobody' }, undefined],
  [{ id: '0f0f' }, undefined],
])('the domain of %o is %s', (user, domain) => {
  expect(partyOf({ identity: { user } }).domain).toBe(domain)
})
