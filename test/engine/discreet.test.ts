/** What is told of people in a log: nothing, whatever the text is like. */
import { expect, test } from 'vitest'
import type { ResultInfo } from '../../machines/words.ts'
import { discreet, withoutPeople } from '../../src/engine/discreet.ts'

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

test('a result of Graph loses who is in its message, and one without a message is as it was', () => {
  const result = { code: 480, subcode: 10076, message: 'bob@contoso.com cannot be reached.' }
  expect(discreet(result)).toEqual({ ...result, message: '(address) cannot be reached.' })
  const silent: ResultInfo = { code: 480, subcode: 0 }
  expect(discreet(silent)).toEqual(silent)
})
