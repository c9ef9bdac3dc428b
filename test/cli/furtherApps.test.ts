/** Further bots of `callchart emulate`, as `--app` tells them. */
import { expect, test } from 'vitest'
import { withApp } from '../../src/cli/furtherApps.ts'

test('an app is its id, and what it has otherwise than the first', () => {
  const apps = withApp('b,secret=s=1,tenant=t,webhook=http://localhost:9/api/calls', withApp('a'))
  expect(apps).toEqual([
    { id: 'a' },
    { id: 'b', secret: 's=1', tenantId: 't', webhook: 'http://localhost:9/api/calls' },
  ])
})

test.each([
  ['', '"" does not begin with an app id'],
  ['secret=s', '"secret=s" does not begin with an app id'],
  ['a', 'App a is given twice'],
  ['b,colour=red', '"colour" of app b is no setting'],
  ['b,secret', '"secret" of app b is no setting with a value'],
  ['b,webhook=localhost', 'The webhook of app b is no URL'],
])('what cannot be read is told with how to write it: %s', (text, what) => {
  expect(() => withApp(text, [{ id: 'a' }])).toThrow(
    expect.objectContaining({ code: 'emulate.app', message: expect.stringContaining(what) }),
  )
})
