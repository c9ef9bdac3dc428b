import type { Middleware } from '@microsoft/microsoft-graph-client'
import { Client, GraphError } from '@microsoft/microsoft-graph-client'
import type { Call, InviteParticipantsOperation } from '@microsoft/microsoft-graph-types'
import { expect, test } from 'vitest'
import { setStage } from './stage.ts'

test("Graph's own client works against it, and reads its refusals", async () => {
  await using stage = await setStage()
  // This client's own sign-in gives its token to https hosts only, so its last step signs instead.
  const last: Middleware = {
    execute: async (context) => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${stage.token}` }
      const { body, method } = context.options ?? {}
      context.response = await fetch(String(context.request), {
        headers,
        ...(method ? { method } : {}),
        ...(typeof body === 'string' ? { body } : {}),
      })
    },
  }
  const client = Client.initWithMiddleware({ baseUrl: `${stage.url}/`, middleware: last })
  const api = (path: string) => client.api(`/communications/calls${path}`)
  const call: Call = await api('').post({
    ...stage.acceptance,
    requestedModalities: ['audio'],
    targets: [{ identity: { user: { id: 'eve@fabrikam.com' } } }],
  })
  expect(call.state).toBe('establishing')
  await stage.pass(1_000)
  const got: Call = await api(`/${call.id}`).get()
  expect(got.state).toBe('established')
  const operation: InviteParticipantsOperation = await api(`/${call.id}/participants/invite`).post({
    participants: [{ identity: { user: { id: 'dan@fabrikam.com' } } }],
  })
  expect(operation.id).toBeTypeOf('string')
  await api(`/${call.id}`).delete()
  const refusal = await api(`/${call.id}/keepAlive`)
    .post({})
    .catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(GraphError)
  expect(refusal).toMatchObject({ statusCode: 404, code: 'NotFound' })
  expect(stage.emulator.requests).toEqual(['createCall', 'invite', 'hangUp', 'keepAlive'])
})
