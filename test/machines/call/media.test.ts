import { describe, expect, test } from 'vitest'
import type { CallInput } from '../../../machines/index.ts'
import { untaken } from '../coverage.ts'
import { asked, HeardCall, terminated, told } from './heard.ts'

const active = { type: 'mediaState.active' }
const inactive = { type: 'mediaState.inactive' }
const play = (id: string) => asked('playPrompt', { prompt: 'welcome.wav' }, id)
const played = (id: string, how = 'completed') => told('playPrompt', how, {}, id)
const record = (id: string) => asked('recordResponse', {}, id)
const recorded = (id: string, how = 'completed') => told('recordResponse', how, {}, id)
const tone = (sequenceId: number) => ({
  type: 'tone.reported',
  toneInfo: { sequenceId, tone: 'tone1' },
})
const appHosted: Partial<CallInput> = {
  call: { mediaConfig: { '@odata.type': '#microsoft.graph.appHostedMediaConfig' } },
}
const serviceHosted = (call: HeardCall) =>
  (call.value.media as { serviceHosted?: object }).serviceHosted
const queue = (call: HeardCall) => call.context.mediaQueue.map(({ id }) => id)

describe('service-hosted media', () => {
  test('audio flows and stops as mediaState tells, each told once', () => {
    const call = new HeardCall().hear(active, active)
    expect(serviceHosted(call)).toMatchObject({ audioStream: 'active' })
    call.hear(inactive, inactive)
    expect(serviceHosted(call)).toMatchObject({ audioStream: 'inactive' })
    expect(call.heard.filter((type) => type.startsWith('media.'))).toEqual([
      'media.active',
      'media.inactive',
    ])
  })

  test.each(['completed', 'failed', 'cancelled'])('prompts play until the last has %s', (how) => {
    const call = new HeardCall().hear(play('a'), play('b'))
    expect(queue(call)).toEqual(['a', 'b'])
    call.hear(played('a', how))
    expect(serviceHosted(call)).toMatchObject({ prompts: 'playing' })
    call.hear(played('a', how), played('b', how))
    expect(serviceHosted(call)).toMatchObject({ prompts: 'idle' })
    expect(queue(call)).toEqual([])
  })

  test.each(['completed', 'failed', 'cancelled'])(
    'recordings record until the last has %s',
    (how) => {
      const call = new HeardCall().hear(record('a'), record('b'), recorded('a', how))
      expect(serviceHosted(call)).toMatchObject({ recording: 'recording' })
      call.hear(recorded('b', how))
      expect(serviceHosted(call)).toMatchObject({ recording: 'idle' })
      expect(queue(call)).toEqual([])
    },
  )

  test('a prompt is played out although a recording waits behind it', () => {
    const call = new HeardCall().hear(play('p'), record('r'), played('p'))
    expect(serviceHosted(call)).toMatchObject({ prompts: 'idle', recording: 'recording' })
    call.hear(recorded('r'))
    expect(serviceHosted(call)).toMatchObject({ prompts: 'idle', recording: 'idle' })
  })

  test('tones are subscribed to, and may be again after a refusal', () => {
    const call = new HeardCall().hear(asked('subscribeToTone', {}))
    expect(serviceHosted(call)).toMatchObject({ tones: 'subscribing' })
    call.hear(told('subscribeToTone', 'failed'))
    expect(serviceHosted(call)).toMatchObject({ tones: 'unsubscribed' })
    call.hear(asked('subscribeToTone', {}), told('subscribeToTone', 'completed'))
    expect(serviceHosted(call)).toMatchObject({ tones: 'subscribed' })
  })

  test('ends with the call', () => {
    expect(new HeardCall().hear(terminated).value.media).toBe('ended')
  })
})

describe('tones', () => {
  test.each([
    ['service', {}],
    ['app', appHosted],
  ])('a repeated or late tone of %s-hosted media is heard once', (_, input) => {
    const call = new HeardCall(input).hear(tone(1), tone(3), tone(1), tone(2), tone(3))
    expect(call.heard.filter((type) => type === 'tone.received')).toHaveLength(3)
    expect(call.context.heardTones).toEqual([1, 2, 3])
  })

  test('no more than 64 are remembered, and one older than all of them counts as repeated', () => {
    const call = new HeardCall()
    for (let id = 1; id <= 70; id++) call.hear(tone(id))
    expect(call.context.heardTones).toHaveLength(64)
    expect(call.hear(tone(1)).facts).toEqual([])
    expect(call.hear(tone(71)).facts).toEqual(['tone.received'])
  })
})

describe('app-hosted media', () => {
  test('connects, flows, fails and flows again', () => {
    const call = new HeardCall(appHosted)
    expect(call.value.media).toEqual({ appHosted: 'connecting' })
    expect(call.hear(active).facts).toEqual(['media.active'])
    expect(call.value.media).toEqual({ appHosted: 'flowing' })
    expect(call.hear(inactive).facts).toEqual(['media.inactive'])
    expect(call.value.media).toEqual({ appHosted: 'failed' })
    expect(call.hear(active).value.media).toEqual({ appHosted: 'flowing' })
  })

  test('is what the author set, whatever Graph’s call says', () => {
    const mediaConfig = { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' }
    expect(serviceHosted(new HeardCall(appHosted, { mediaConfig }))).toBeDefined()
  })

  test('ends with the call', () => {
    expect(new HeardCall(appHosted).hear(terminated).value.media).toBe('ended')
  })
})

test('the tests above exercise every transition of media', () => {
  expect(untaken(new HeardCall().region('media'))).toEqual([])
})
