import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { callingPermissions, meetingPermissions, tenantOf } from '../../src/emulator/index.ts'
import { APP_ID, errorOf, getToken, SECRET, setStage } from './stage.ts'

const form = {
  client_id: APP_ID,
  client_secret: SECRET,
  grant_type: 'client_credentials',
  scope: 'https://graph.microsoft.com/.default',
}

describe('the token endpoint', () => {
  test("grants a token with the app's roles", async () => {
    await using stage = await setStage()
    const claims = decodeJwt(stage.token)
    expect(claims).toMatchObject({
      aud: 'https://graph.microsoft.com',
      appid: APP_ID,
      tid: tenantOf('contoso.com'),
      roles: [...callingPermissions, ...meetingPermissions],
    })
  })

  test.each([
    ['an unknown client', { client_id: 'x' }, 400, 'unauthorized_client', 700016],
    ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client', 7000215],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['another scope', { scope: 'User.Read' }, 400, 'invalid_scope', 70011],
    ['a malformed assertion', { client_assertion: 'a.b.c' }, 401, 'invalid_client', 700027],
  ])('refuses %s in the login service’s manner', async (_, wish, status, error, code) => {
    await using stage = await setStage()
    const body = new URLSearchParams({ ...form, ...wish })
    const response = await fetch(`${stage.url}/contoso.com/oauth2/v2.0/token`, {
      method: 'POST',
      body,
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error,
      error_codes: [code],
      error_description: expect.stringContaining(`AADSTS${code}`),
    })
  })

  test('takes a client assertion made for this app and tenant', async () => {
    await using stage = await setStage()
    const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')
    const aud = 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token'
    const assertion = `${part({ alg: 'PS256' })}.${part({ iss: APP_ID, sub: APP_ID, aud })}.sig`
    const token = await getToken(stage.url, {
      client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
    expect(decodeJwt(token)).toMatchObject({ appid: APP_ID })
  })

  test('publishes the metadata MSAL reads, under the https host it insists on', async () => {
    await using stage = await setStage()
    const metadata = await fetch(`${stage.url}/contoso.com/v2.0/.well-known/openid-configuration`)
    expect(await metadata.json()).toMatchObject({
      token_endpoint: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
    })
    const instance = await fetch(`${stage.url}/common/discovery/instance?api-version=1.1`)
    expect(await instance.json()).toMatchObject({
      metadata: [{ aliases: ['login.microsoftonline.com'] }],
    })
  })
})

describe('a Graph request', () => {
  test.each([
    ['no token', undefined],
    ['a forged token', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ])('with %s is 401 in Graph’s envelope', async (_, authorization) => {
    await using stage = await setStage()
    const response = await fetch(`${stage.url}/v1.0/communications/calls/x`, {
      headers: { ...(authorization ? { authorization } : {}), 'client-request-id': 'mine' },
    })
    expect(response.status).toBe(401)
    expect(errorOf({ body: await response.json() })).toMatchObject({
      code: 'InvalidAuthenticationToken',
      innerError: { 'client-request-id': 'mine', 'request-id': response.headers.get('request-id') },
    })
  })

  test('with an expired token is 401', async () => {
    await using stage = await setStage()
    await stage.pass(60 * 60_000)
    expect((await stage.ask('GET', '/calls/x')).status).toBe(401)
  })

  test('about a call that is not the bot’s is 404; an unknown method too', async () => {
    await using stage = await setStage()
    expect(errorOf(await stage.ask('GET', '/calls/nothing')).code).toBe('NotFound')
    expect(errorOf(await stage.ask('POST', '/calls/x/dance')).code).toBe('ResourceNotFound')
  })

  test('over the size limit is 413, and one that is not JSON 400', async () => {
    await using stage = await setStage({ switches: { requestBytesMax: 2_000 } })
    const call = await stage.answered()
    const asked = await stage.ask('POST', `/calls/${call.id}/mute`, { padding: 'x'.repeat(3_000) })
    expect(asked.status).toBe(413)
    const headers = { Authorization: `Bearer ${stage.token}` }
    const url = `${stage.url}/v1.0/communications/calls/${call.id}/mute`
    expect((await fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(400)
  })

  test('reaches a call by its id in any spelling, and under the older path', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const spelt = call.id.replaceAll('-', '').toUpperCase()
    expect((await stage.ask('POST', `/calls/${spelt}/keepAlive`)).status).toBe(200)
    const headers = { Authorization: `Bearer ${stage.token}` }
    const older = await fetch(`${stage.url}/v1.0/app/calls/${call.id}`, { headers })
    expect(older.status).toBe(200)
  })
})

test('notification keys are published with their issuer', async () => {
  await using stage = await setStage({ switches: { issuer: 'https://api.botframework.com' } })
  stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  expect(stage.bot.told[0]?.claims).toMatchObject({
    iss: 'https://api.botframework.com',
    aud: APP_ID,
  })
  const keys = createRemoteJWKSet(new URL(`${stage.url}/v1/.well-known/keys`))
  await expect(jwtVerify(stage.token, keys)).rejects.toThrow('no applicable key')
})
