import { expect, test } from 'vitest'
import { z } from 'zod'
import { createEmulator } from '../../src/emulator/index.ts'
import { heard, setStage } from './stage.ts'

const truth = z.looseObject({ id: z.string(), state: z.string() })

type Stage = Awaited<ReturnType<typeof setStage>>

const control = async (stage: Stage, path: string, body: object = {}) => {
  const init = { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${stage.url}/emulator/${path}`, init)
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : undefined }
}

test('a whole call is driven over HTTP', async () => {
  await using stage = await setStage({ switches: { prompts: 'manual' } })
  const rung = await control(stage, 'ring', { from: 'bob@fabrikam.com' })
  expect(rung.status).toBe(201)
  const { id } = truth.parse(rung.body)
  await stage.pass()
  await stage.ask('POST', `/calls/${id}/answer`, stage.acceptance)
  await stage.ask('POST', `/calls/${id}/subscribeToTone`, {})
  await stage.ask('POST', `/calls/${id}/playPrompt`, { prompts: [stage.prompt()] })
  await stage.pass()
  expect((await control(stage, `calls/${id}/press`, { tone: '1' })).body).toMatchObject({
    acknowledged: true,
  })
  expect((await control(stage, `calls/${id}/finish-prompt`)).status).toBe(200)
  expect(
    (await control(stage, `calls/${id}/escalate`, { who: 'dan@fabrikam.com' })).body,
  ).toMatchObject({ topology: 'group' })
  expect((await control(stage, `calls/${id}/join`, { who: 'eve@fabrikam.com' })).status).toBe(200)
  expect((await control(stage, `calls/${id}/mute`, { who: 'eve@fabrikam.com' })).status).toBe(200)
  expect((await control(stage, `calls/${id}/unmute`)).status).toBe(200)
  expect((await control(stage, `calls/${id}/share`)).status).toBe(200)
  expect((await control(stage, `calls/${id}/leave`, { who: 'eve@fabrikam.com' })).status).toBe(200)
  expect((await control(stage, `calls/${id}/remove-bot`)).body).toMatchObject({
    state: 'terminated',
  })
  const calls = await (await fetch(`${stage.url}/emulator/calls`)).json()
  expect(calls).toMatchObject([{ id, state: 'terminated' }])
  const record = await (await fetch(`${stage.url}/emulator/record`)).json()
  expect(record).toMatchObject({ requests: ['answer', 'subscribeToTone', 'playPrompt'] })
})

test('apps, meetings, scripts, time, faults and keys are set over HTTP', async () => {
  await using stage = await setStage()
  const app = { id: 'another', webhook: `${stage.bot.url}/api/calls`, secret: 's' }
  const registered = await control(stage, 'apps', app)
  expect(registered.status).toBe(201)
  expect(registered.body).not.toHaveProperty('secret')
  expect((await control(stage, 'meetings', { joinMeetingId: '5' })).body).toMatchObject({
    joinMeetingId: '5',
  })
  expect(
    (await control(stage, 'people/eve@fabrikam.com/script', { script: 'decline' })).status,
  ).toBe(204)
  const before = stage.clock.now()
  expect((await control(stage, 'clock/advance', { ms: 500 })).body).toEqual({ nowMs: before + 500 })
  expect((await control(stage, 'faults', { drop: 1 })).status).toBe(204)
  expect((await control(stage, 'keys/rotate')).status).toBe(204)
  stage.emulator.ring({ from: 'bob@fabrikam.com' })
  await stage.pass()
  expect(heard(stage.bot)).toEqual([])
})

test('what cannot be done says why and how to mend it', async () => {
  await using stage = await setStage()
  const unknown = await control(stage, 'calls/nothing/hangup')
  expect(unknown).toMatchObject({ status: 404, body: { code: 'call.unknown' } })
  const wrong = await control(stage, 'faults', { drop: 2 })
  expect(wrong).toMatchObject({ status: 400, body: { code: 'control.invalid' } })
  const call = await stage.answered()
  const none = await control(stage, `calls/${call.id}/finish-prompt`)
  expect(none).toMatchObject({
    status: 400,
    body: { code: 'prompt.none', fix: expect.any(String) },
  })
  await using bare = createEmulator()
  expect(() => bare.ring({ from: 'bob@fabrikam.com' })).toThrow('No bot is registered')
  expect(() => bare.advance(1)).toThrow('real one')
})

test('the timeline is streamed live', async () => {
  await using stage = await setStage()
  const response = await fetch(`${stage.url}/emulator/events`)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  stage.emulator.ring({ from: 'bob@fabrikam.com' })
  const first = await reader?.read()
  expect(first?.value).toContain('event: user')
  expect(first?.value).toContain('"action":"rang"')
  await reader?.cancel()
})

test('control is for names of this machine only', async () => {
  await using stage = await setStage()
  const request = new Request('http://evil.example.com/emulator/calls')
  expect((await stage.emulator.fetch(request)).status).toBe(403)
  const near = new Request('http://localhost/emulator/calls')
  expect((await stage.emulator.fetch(near)).status).toBe(200)
})

test('the front page lists every method and the control routes', async () => {
  await using stage = await setStage()
  const page = await (await fetch(stage.url)).text()
  expect(page).toContain('/v1.0/communications/calls/:callId/playPrompt')
  expect(page).toContain('POST /emulator/ring')
  expect(page).toContain(stage.url)
})

test('a port in use is said so', async () => {
  await using stage = await setStage()
  await using second = createEmulator()
  await expect(second.listen(Number(new URL(stage.url).port))).rejects.toThrow('cannot listen')
})
