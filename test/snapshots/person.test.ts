import { expect, test } from 'vitest'
import { personNamed } from '../../snapshots/index.ts'

test.each([
  [
    'an object id, with hyphens or without',
    '1F2E3D4C-0000-4111-8222-333344445555',
    '8:orgid:1f2e3d4c000041118222333344445555',
  ],
  ['a phone number, however it is written', '+1 (425) 555-0100', 'tel:+14255550100'],
  ['an address after a line break', 'bob@contoso.com', 'to:\nbob@contoso.com'],
])('a person is known by %s', (_, given, stored) => {
  expect(personNamed(given).isNamedIn([JSON.stringify({ who: stored })])).toBe(true)
})

test.each(['bob', '', 'Bob Miller', 'a"b@c.de'])('nobody is named by "%s"', (text) => {
  expect(() => personNamed(text)).toThrow(expect.objectContaining({ code: 'person.unclear' }))
})
