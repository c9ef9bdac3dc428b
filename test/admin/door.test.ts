/** Who may come in. */
import { describe, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { Rig } from '../engine/rig.ts'
import { Stage, TOKEN } from './stage.ts'

const routes = [
  ['GET', '/about'],
  ['GET', '/calls'],
  ['GET', '/calls/x'],
  ['GET', '/calls/x/at/1'],
  ['GET', '/stream'],
  ['GET', '/calls/x/stream'],
  ['GET', '/nowhere'],
  ['POST', '/world/ring'],
] as const

describe('whoever has not the token', () => {
  test.each([
    ['none', null],
    ['a wrong one', 'another-token-of-that-length!'],
    ['the start of it', TOKEN.slice(0, -1)],
    ['more than it', `${TOKEN}x`],
    ['nothing', ''],
  ])('is answered 401 everywhere, with what to do: %s', async (_, token) => {
    await using stage = await Stage.open()
    for (const [method, path] of routes) {
      const response = await stage.ask(path, { method, token })
      expect(response.status, path).toBe(401)
      expect(await response.json()).toEqual({
        code: 'admin.unknown',
        what: expect.any(String),
        fix: expect.stringContaining('CALLCHART_ADMIN_TOKEN'),
      })
    }
  })

  test('cannot log in either', async () => {
    await using stage = await Stage.open()
    const response = await login(stage, `${TOKEN}x`)
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})

test('without a token in the configuration there is no admin API for anybody', async () => {
  await using rig = await Rig.open(frontDesk)
  for (const [method, path] of [...routes, ['POST', '/login'] as const]) {
    for (const token of [TOKEN, '', 'undefined']) {
      const headers = { Authorization: `Bearer ${token}` }
      const response = await fetch(`${rig.publicUrl}/admin${path}`, { method, headers })
      expect(response.status, path).toBe(404)
    }
  }
})

describe('the cookie of a login', () => {
  test('serves as the token, is not the token, and no script can read it', async () => {
    await using stage = await Stage.open()
    const response = await login(stage)
    expect(response.status).toBe(204)
    const written = response.headers.get('set-cookie') ?? ''
    expect(written).toMatch(/; HttpOnly/)
    expect(written).toMatch(/; SameSite=Strict/)
    expect(written).toMatch(/; Path=\/admin(;|$)/)
    expect(written).not.toContain(TOKEN)
    const seen = await stage.ask('/about', { token: null, headers: { Cookie: cookieIn(response) } })
    expect(seen.status).toBe(200)
  })

  test('goes over https only where the bot is reached so, and below its path', async () => {
    await using stage = await Stage.open(frontDesk, { publicUrl: 'https://bots.example/desk' })
    const response = await stage.rig.bot.app.request('/desk/admin/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
    })
    expect(response.headers.get('set-cookie')).toMatch(/; Path=\/desk\/admin(;.*)?; Secure/)
  })

  test('of another token is worth nothing', async () => {
    await using other = await Stage.open(frontDesk, { adminToken: 'the-token-of-another-bot' })
    await using stage = await Stage.open()
    const cookie = cookieIn(await login(other, 'the-token-of-another-bot'))
    expect((await stage.ask('/about', { token: null, headers: { Cookie: cookie } })).status).toBe(
      401,
    )
  })

  test('is taken away by logging out', async () => {
    await using stage = await Stage.open()
    const response = await stage.ask('/logout', { method: 'POST', body: {} })
    expect(response.headers.get('set-cookie')).toMatch(/^callchart_admin=;/)
  })
})

describe('a page of another origin', () => {
  const evil = { Origin: 'https://evil.example' }

  test('is refused, whatever it brings', async () => {
    await using stage = await Stage.open()
    const cookie = cookieIn(await login(stage))
    for (const headers of [evil, { ...evil, Cookie: cookie }, { Origin: 'null', Cookie: cookie }]) {
      expect((await stage.ask('/about', { token: null, headers })).status).toBe(403)
      expect((await stage.ask('/about', { headers })).status).toBe(403)
      expect((await login(stage, TOKEN, headers)).status).toBe(403)
    }
  })

  test('that hides its origin changes nothing with the cookie of ours', async () => {
    await using stage = await Stage.open()
    const headers = { Cookie: cookieIn(await login(stage)) }
    const asked = { method: 'POST', body: {}, token: null } as const
    expect((await stage.ask('/world/ring', { ...asked, headers })).status).toBe(403)
    const own = { ...headers, Origin: stage.rig.publicUrl }
    expect((await stage.ask('/world/ring', { ...asked, headers: own })).status).toBe(404)
  })

  test('cannot log in by a form', async () => {
    await using stage = await Stage.open()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const response = await login(stage, TOKEN, { 'Content-Type': type })
      expect(response.status).toBe(415)
    }
  })
})

test('a body beyond the limit, or one that is none, is refused with what to do', async () => {
  await using stage = await Stage.open()
  const long = await stage.ask('/login', { method: 'POST', body: { token: 'x'.repeat(70_000) } })
  expect(long.status).toBe(413)
  for (const body of [{}, { token: 1 }, { token: TOKEN, more: 1 }, [], 'x']) {
    const response = await stage.ask('/login', { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'admin.invalid' })
  }
})

test('no answer may be kept by a cache, or taken for a page', async () => {
  await using stage = await Stage.open()
  for (const path of ['/about', '/calls', '/nowhere']) {
    const { headers } = await stage.ask(path)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

function login(stage: Stage, token = TOKEN, headers: Readonly<Record<string, string>> = {}) {
  return stage.ask('/login', { method: 'POST', body: { token }, token: null, headers })
}

function cookieIn(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}
