/** How the page is handed out; what it does is looked at in test/browser. */
import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { createConsole } from '../../src/console/index.ts'
import { Stage } from '../admin/stage.ts'
import { Rig } from '../engine/rig.ts'

async function get(stage: Stage, path: string, headers = {}): Promise<Response> {
  return fetch(`${stage.rig.publicUrl}${path}`, { headers })
}

test('the page needs no token, and neither it nor what it loads may fetch, frame or run anything else', async () => {
  await using stage = await Stage.open()
  const page = await get(stage, '/console')
  expect(page.url).toBe(`${stage.rig.publicUrl}/console/`)
  const html = await page.text()
  const loaded = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name]) => name)
  expect(loaded.length).toBeGreaterThan(2)
  expect(html.match(/https?:|<style|<script>/g)).toBeNull()
  for (const name of ['', ...loaded]) {
    const { status, headers } = await get(stage, `/console/${name}`)
    expect(status, name).toBe(200)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    )
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*|blob:/)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('what is named after its contents is kept for ever, the page itself is asked for each time', async () => {
  await using stage = await Stage.open()
  const page = await get(stage, '/console/')
  const [, script] = /src="\.\/([^"]+)"/.exec(await page.text()) ?? []
  expect(page.headers.get('cache-control')).toBe('no-cache')
  const { headers } = await get(stage, `/console/${script}`)
  expect(headers.get('cache-control')).toContain('immutable')
  for (const [path, etag] of [
    ['/console/', page.headers.get('etag')],
    [`/console/${script}`, headers.get('etag')],
  ]) {
    expect((await get(stage, `${path}`, { 'If-None-Match': etag })).status).toBe(304)
    expect((await get(stage, `${path}`, { 'If-None-Match': '"other"' })).status).toBe(200)
  }
})

test('nothing but the page is handed out', async () => {
  await using stage = await Stage.open()
  for (const name of [
    'nothing.js',
    '..%2Fpackage.json',
    '%2e%2e/src/index.js',
    'assets',
    'assets/',
  ]) {
    expect((await get(stage, `/console/${name}`)).status, name).toBe(404)
  }
})

test('where the admin API is closed there is no page either', async () => {
  await using rig = await Rig.open(frontDesk)
  expect((await fetch(`${rig.publicUrl}/console/`)).status).toBe(404)
})

test('a page that was not built says how to build it', async () => {
  const response = await createConsole('no such folder').request('/')
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('npm run build')
})
