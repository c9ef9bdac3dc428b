/** Further bots of `callchart emulate`, as `--app` tells them. */
import { expect, test } from 'vitest'
import { withApp } from '../../src/cli/furtherApps.ts'

const A = '5a5a0000-2222-4222-8333-44445555666a'
const B = '5a5a0000-2222-4222-8333-44445555666b'

test('an app is its id, and what it has otherwise than the first', () => {
  const further = `${B},secret=s=1,tenant=${A},webhook=http://localhost:9/api/calls`
  expect(withApp(further, withApp(A))).toEqual([
    { id: A },
    { id: B, secret: 's=1', tenantId: A, webhook: 'http://localhost:9/api/calls' },
  ])
})

test.each([
  ['', '"" does not begin with an app id'],
  ['secret=s', '"secret=s" does not begin with an app id'],
  ['night', '"night" is no app id: that is a GUID'],
  [A, `App ${A} is given twice`],
  [`${B},colour=red`, `"colour" of app ${B} is no setting`],
  [`${B},secret`, `"secret" of app ${B} is no setting with a value`],
  [`${B},webhook=localhost`, `The webhook of app ${B} is no http or https URL`],
  [`${B},webhook=localhost:8080/api/calls`, `The webhook of app ${B} is no http or https URL`],
  [`${B},tenant=home`, `The tenant of app ${B} is no GUID`],
])('what cannot be read is told with how to write it: %s', (text, what) => {
  expect(() => withApp(text, [{ id: A }])).toThrow(
    expect.objectContaining({ code: 'emulate.app', message: expect.stringContaining(what) }),
  )
})
