import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Environment, readConfig } from '../src/config.ts'
import { ConfigurationError } from '../src/errors.ts'

const APP = '5a6b7c8d-9e0f-4a1b-8c2d-3e4f5a6b7c8d'
const TENANT = '6b7c8d9e-0f1a-4b2c-8d3e-4f5a6b7c8d9e'

const least: Environment = {
  CALLCHART_PUBLIC_URL: 'https://desk.example',
  CALLCHART_APP_ID: APP,
  CALLCHART_APP_SECRET: 's3cret',
  CALLCHART_TENANT_ID: TENANT,
}

function complaint(environment: Environment): string {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError)
    return String(error)
  }
  throw new Error('It was accepted.')
}

test('the least that must be set; the rest is the public cloud', () => {
  expect(readConfig({ ...least, PATH: '/bin', CALLCHART_HOST: '' })).toEqual({
    port: 8080,
    publicUrl: 'https://desk.example',
    databasePath: './calls.db',
    appId: APP,
    credential: { secret: 's3cret' },
    tenantId: TENANT,
    graphUrl: 'https://graph.microsoft.com',
    loginUrl: 'https://login.microsoftonline.com',
    keysUrl: 'https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration',
    issuers: ['https://graph.microsoft.com', 'https://api.botframework.com'],
  })
})

test('everything that can be set', () => {
  const everything = {
    ...least,
    PORT: '0',
    CALLCHART_HOST: '127.0.0.1',
    CALLCHART_PUBLIC_URL: 'http://localhost:8080/desk/',
    CALLCHART_DATABASE: '/tmp/x.db',
    CALLCHART_TENANTS: `${TENANT.toUpperCase()}, ${APP}`,
    CALLCHART_GRAPH_URL: 'http://127.0.0.1:9000',
    CALLCHART_LOGIN_URL: 'http://[::1]:9000',
    CALLCHART_KEYS_URL: 'https://keys.example/openid',
    CALLCHART_ISSUERS: 'https://graph.example/',
  }
  expect(readConfig(everything)).toMatchObject({
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:8080/desk',
    databasePath: '/tmp/x.db',
    tenants: [TENANT, APP],
    graphUrl: 'http://127.0.0.1:9000',
    loginUrl: 'http://[::1]:9000',
    keysUrl: 'https://keys.example/openid',
    issuers: ['https://graph.example/'],
  })
})

test('a certificate is read from its file', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'config-')), 'app.pem')
  await writeFile(path, 'PEM')
  const { CALLCHART_APP_SECRET: _, ...rest } = least
  const environment = { ...rest, CALLCHART_APP_CERTIFICATE: path }
  expect(readConfig(environment).credential).toEqual({ certificatePem: 'PEM' })
  expect(complaint({ ...rest, CALLCHART_APP_CERTIFICATE: `${path}.gone` })).toMatch(/readable PEM/)
})

describe('a complaint', () => {
  test('names every problem at once', () => {
    const told = complaint({
      PORT: 'x',
      CALLCHART_PUBLIC_URL: 'desk',
      CALLCHART_TENANTS: 'contoso',
    })
    for (const name of [
      'PORT is "x"',
      'CALLCHART_PUBLIC_URL is "desk"',
      'CALLCHART_APP_ID is not set',
      'CALLCHART_APP_SECRET or CALLCHART_APP_CERTIFICATE',
      'CALLCHART_TENANT_ID is not set',
      'CALLCHART_TENANTS is "contoso"',
    ])
      expect(told).toContain(name)
    expect(told).toContain('wrong in 6 places')
  })

  test.each([
    [{ PORT: '65536' }, /PORT is "65536": give a port number/],
    [{ PORT: '-1' }, /PORT/],
    [{ CALLCHART_PUBLIC_URL: 'http://desk.example' }, /localhost only/],
    [{ CALLCHART_GRAPH_URL: 'ftp://graph.example' }, /CALLCHART_GRAPH_URL.*https/],
    [{ CALLCHART_KEYS_URL: 'http://keys.example' }, /CALLCHART_KEYS_URL.*localhost only/],
    [{ CALLCHART_LOGIN_URL: 'https://login.example?x=1' }, /without user name, query/],
    [{ CALLCHART_APP_ID: 'my-bot' }, /CALLCHART_APP_ID is "my-bot": give the GUID/],
    [{ CALLCHART_TENANT_ID: 'common' }, /CALLCHART_TENANT_ID/],
    [{ CALLCHART_APP_CERTIFICATE: '/nowhere' }, /both found/],
  ])('about %j says what was found and how to mend it', (wrong, told) => {
    expect(complaint({ ...least, ...wrong })).toMatch(told)
  })

  test.each([
    ['CALLCHART_TENNANTS', 'CALLCHART_TENANTS'],
    ['CALLCHART_PUBLICURL', 'CALLCHART_PUBLIC_URL'],
    ['CALLCHART_SECRET', 'CALLCHART_APP_SECRET'],
  ])('about the unknown name %s asks for the nearest one', (name, nearest) => {
    const told = complaint({ ...least, [name]: 'v4lue' })
    expect(told).toContain(`${name} is not known: did you mean ${nearest}?`)
    expect(told).not.toContain('v4lue')
  })

  test('never tells a secret', () => {
    const told = complaint({
      ...least,
      CALLCHART_APP_CERTIFICATE: '/private/path.pem',
      CALLCHART_PUBLIC_URL: 'https://user:pa55@desk.example',
    })
    expect(told).not.toMatch(/s3cret|pa55/)
  })
})
