/** What is told of people in a log: nothing, whatever the text is like. */
import { expect, test } from 'vitest'
import { withoutPeople } from '../../src/engine/discreet.ts'

test.each([
  ['User bob@contoso.com is busy.', 'User (address) is busy.'],
  ['{"to":"ann@contoso.com","from":<bob@fabrikam.com>}', '{"to":"(address)","from":<(address)>}'],
  ['Nobody answers at +1 425 555 0100.', 'Nobody answers at (number).'],
])('%s', (text, told) => {
  expect(withoutPeople(text)).toBe(told)
})

// In time that grows with the square of its length this would take hours.
test('a text of a million letters is read once', () => {
  const text = 'x'.repeat(1_000_000)
  expect(withoutPeople(text)).toBe(text)
})
