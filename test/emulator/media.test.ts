import { describe, expect, test } from 'vitest'
import { silentWav } from '../../src/emulator/index.ts'
import { errorOf, heard, lastTold, setStage } from './stage.ts'

const cancelled = { status: 'failed', resultInfo: { code: 400, subcode: 8508 } }

describe('playPrompt', () => {
  test('runs for the real length of its prompts, then its operation is deleted', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.bot.prompts.set('more', silentWav(500))
    const asked = await stage.ask('POST', `/calls/${call.id}/playPrompt`, {
      clientContext: 'greeting-1',
      prompts: [stage.prompt(), stage.prompt('more')],
    })
    expect(asked.status).toBe(200)
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.playPromptOperation',
      status: 'running',
      clientContext: 'greeting-1',
    })
    const location = `/v1.0/communications/calls/${call.id}/operations/${asked.body.id}`
    expect(asked.headers.get('location')).toBe(stage.url + location)
    await stage.pass(2_499)
    expect(heard(stage.bot)).toEqual([])
    await stage.pass(1)
    expect(heard(stage.bot)).toEqual(['deleted operations completed'])
    expect(stage.bot.told[0]?.resourceUrl).toBe(location.slice('/v1.0'.length))
    expect(lastTold(stage.bot)).toMatchObject({
      clientContext: 'greeting-1',
      resultInfo: { code: 200, subcode: 0 },
    })
  })

  test('ends only when told to, where prompts are manual', async () => {
    await using stage = await setStage({ switches: { prompts: 'manual' } })
    const call = await stage.answered()
    expect(() => call.finishPrompt()).toThrow('No prompt is playing')
    await stage.ask('POST', `/calls/${call.id}/playPrompt`, { prompts: [stage.prompt()] })
    await stage.pass(60_000)
    expect(heard(stage.bot)).toEqual([])
    call.finishPrompt()
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['deleted operations completed'])
  })

  test('prompts queue in order, and a cancel ends the running and the queued', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    for (const clientContext of ['a', 'b', 'c']) {
      await stage.ask('POST', `/calls/${call.id}/playPrompt`, {
        clientContext,
        prompts: [stage.prompt()],
      })
    }
    await stage.pass(2_000)
    const asked = await stage.ask('POST', `/calls/${call.id}/cancelMediaProcessing`, {
      clientContext: 'stop',
    })
    expect(asked.status).toBe(200)
    expect(asked.body).toMatchObject({ status: 'completed', clientContext: 'stop' })
    await stage.pass(10_000)
    expect(stage.bot.told.map((told) => told.resourceData)).toMatchObject([
      { clientContext: 'a', status: 'completed' },
      { clientContext: 'b', ...cancelled },
      { clientContext: 'c', ...cancelled },
    ])
  })

  test.each([
    ['is not a WAV', new TextEncoder().encode('la la la'), 8535],
    ['is missing', undefined, 8536],
    ['has two channels', stereo(), 8535],
  ])('fails when the prompt %s', async (_, bytes, subcode) => {
    await using stage = await setStage()
    const call = await stage.answered()
    if (bytes) stage.bot.prompts.set('bad', bytes)
    const prompts = [stage.prompt('bad')]
    const asked = await stage.ask('POST', `/calls/${call.id}/playPrompt`, { prompts })
    expect(asked.status).toBe(200)
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({
      status: 'failed',
      resultInfo: { code: 400, subcode },
    })
  })

  test.each([
    ['no prompts', { prompts: [] }, 'prompts'],
    ['21 prompts', { prompts: Array(21).fill(media()) }, 'prompts'],
    [
      'a prompt without its type',
      { prompts: [{ mediaInfo: { uri: 'https://a.example/b.wav' } }] },
      'prompts.0.@odata.type',
    ],
    [
      'a relative address',
      { prompts: [{ ...media(), mediaInfo: { uri: 'b.wav' } }] },
      'prompts.0.mediaInfo.uri',
    ],
    [
      'a clientContext of 257',
      { prompts: [media()], clientContext: 'x'.repeat(257) },
      'clientContext',
    ],
  ])('refuses %s, naming the field', async (_, body, field) => {
    await using stage = await setStage()
    const call = await stage.answered()
    const asked = await stage.ask('POST', `/calls/${call.id}/playPrompt`, body)
    expect(asked.status).toBe(400)
    expect(errorOf(asked).message).toContain(`${field}:`)
  })

  test('is for service-hosted media only', async () => {
    await using stage = await setStage()
    const call = await stage.answered({ mediaConfig: stage.appHosted })
    const body = { prompts: [stage.prompt()] }
    expect((await stage.ask('POST', `/calls/${call.id}/playPrompt`, body)).status).toBe(400)
    expect((await stage.ask('POST', `/calls/${call.id}/subscribeToTone`, {})).status).toBe(400)
  })

  test('waits for the call to be established', async () => {
    await using stage = await setStage()
    const call = stage.emulator.ring({ from: 'bob@fabrikam.com' })
    const body = { prompts: [stage.prompt()] }
    expect((await stage.ask('POST', `/calls/${call.id}/playPrompt`, body)).status).toBe(409)
  })
})

describe('recordResponse', () => {
  test('records what is said until silence, to be downloaded with its own token', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const asked = await stage.ask('POST', `/calls/${call.id}/recordResponse`, {
      prompts: [stage.prompt()],
      maxRecordDurationInSeconds: 60,
      maxSilenceTimeoutInSeconds: 2,
      clientContext: 'name',
    })
    expect(asked.body).toMatchObject({ status: 'running', recordingLocation: null })
    await stage.pass(2_000)
    call.say(3_000)
    await stage.pass(5_000)
    const told = lastTold(stage.bot)
    expect(told).toMatchObject({ status: 'completed', completionReason: 'maxSilenceTimeout' })
    const location = String(told.recordingLocation)
    expect((await fetch(location)).status).toBe(401)
    const headers = { Authorization: `Bearer ${told.recordingAccessToken}` }
    const recording = await fetch(location, { headers })
    expect(recording.headers.get('content-type')).toBe('application/octet-stream')
    expect((await recording.arrayBuffer()).byteLength).toBe(silentWav(5_000).byteLength)
    call.hangUp()
    await stage.pass(5 * 60_000)
    expect((await fetch(location, { headers })).status).toBe(404)
  })

  test.each([
    ['maxRecordDurationReached', 8515, (call: { say(ms: number): void }) => call.say(60_000)],
    ['initialSilenceTimeout', 8510, () => undefined],
    ['stopToneDetected', 8514, (call: { press(key: string): unknown }) => call.press('#')],
  ])('ends with %s', async (completionReason, subcode, act) => {
    await using stage = await setStage()
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/recordResponse`, { stopTones: ['#'] })
    act(call)
    await stage.pass(5_000)
    expect(lastTold(stage.bot)).toMatchObject({ completionReason, resultInfo: { subcode } })
  })

  test('barges in on what plays when it may', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/playPrompt`, { prompts: [stage.prompt()] })
    await stage.ask('POST', `/calls/${call.id}/recordResponse`, { bargeInAllowed: true })
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject(cancelled)
    expect(call.truth().playing).toBe('recordOperation')
  })

  test.each([
    { prompts: [media(), media()] },
    { maxRecordDurationInSeconds: 0 },
    { maxRecordDurationInSeconds: 121 },
    { initialSilenceTimeoutInSeconds: 121 },
  ])('refuses %j', async (body) => {
    await using stage = await setStage()
    const call = await stage.answered()
    expect((await stage.ask('POST', `/calls/${call.id}/recordResponse`, body)).status).toBe(400)
  })
})

describe('tones', () => {
  test('a key is told with a sequence of its own, once the bot has subscribed', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    expect(await call.press('1')).toEqual({ acknowledged: false, attempts: 0 })
    const asked = await stage.ask('POST', `/calls/${call.id}/subscribeToTone`, {
      clientContext: 'keys',
    })
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.subscribeToToneOperation',
      status: 'completed',
      clientContext: 'keys',
    })
    expect(await call.press('1')).toEqual({ acknowledged: true, status: 202, attempts: 1 })
    await call.press('#')
    expect(stage.bot.told.map((told) => told.resourceData)).toMatchObject([
      { state: 'established', toneInfo: { sequenceId: 1, tone: 'tone1' } },
      { state: 'established', toneInfo: { sequenceId: 2, tone: 'pound' } },
    ])
  })

  test('the ledger never says which key it was', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/subscribeToTone`, {})
    await call.press('7')
    expect(JSON.stringify(stage.emulator.record)).not.toContain('tone7')
    expect(stage.emulator.record).toContainEqual(expect.objectContaining({ action: 'pressed •' }))
    await expect(call.press('x')).rejects.toThrow('not a key of a dial pad')
  })

  test('a cancel leaves the subscription as it is', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/subscribeToTone`, {})
    await stage.ask('POST', `/calls/${call.id}/cancelMediaProcessing`, {})
    expect((await call.press('*')).acknowledged).toBe(true)
  })
})

describe('sendDtmfTones', () => {
  test('takes its time, also under its qualified name', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const path = `/calls/${call.id}/microsoft.graph.sendDtmfTones`
    const body = { tones: ['tone1', 'star'], delayBetweenTonesMs: 800, clientContext: 'pin' }
    const asked = await stage.ask('POST', path, body)
    expect(asked.status).toBe(200)
    expect(asked.body).toMatchObject({ status: 'running', clientContext: 'pin' })
    await stage.pass(2_000)
    expect(lastTold(stage.bot)).toMatchObject({
      status: 'completed',
      completionReason: 'completedSuccessfully',
    })
  })

  test('cancelled, it is completed all the same, with the reason', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    await stage.ask('POST', `/calls/${call.id}/sendDtmfTones`, { tones: ['tone1'] })
    await stage.ask('POST', `/calls/${call.id}/cancelMediaProcessing`, {})
    await stage.pass()
    expect(lastTold(stage.bot)).toMatchObject({
      status: 'completed',
      completionReason: 'mediaOperationCanceled',
    })
  })

  test('refuses what is not a tone', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const asked = await stage.ask('POST', `/calls/${call.id}/sendDtmfTones`, { tones: ['1'] })
    expect(errorOf(asked).message).toContain('tones.0:')
  })
})

test('updateRecordingStatus is completed in its response', async () => {
  await using stage = await setStage()
  const call = await stage.answered()
  const asked = await stage.ask('POST', `/calls/${call.id}/updateRecordingStatus`, {
    status: 'recording',
    clientContext: 'rec',
  })
  expect(asked.body).toMatchObject({ status: 'completed', clientContext: 'rec' })
  expect(call.truth().recordingStatus).toBe('recording')
  await stage.pass()
  expect(heard(stage.bot)).toEqual([])
})

function media() {
  return {
    '@odata.type': '#microsoft.graph.mediaPrompt',
    mediaInfo: { uri: 'https://prompts.example.com/a.wav' },
  }
}

function stereo(): Uint8Array<ArrayBuffer> {
  const wav = silentWav(100)
  wav[22] = 2
  return wav
}
