import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assign, createActor, setup } from 'xstate'
import { decodeEvent, decodeSnapshot, encodeEvent, encodeSnapshot } from '../../snapshots/index.ts'

const anyContext = fc.dictionary(
  fc.string().filter((name) => name !== 'private'),
  fc.jsonValue(),
)
const anySnapshot = fc.record({
  status: fc.constantFrom('active', 'done', 'error', 'stopped'),
  value: fc.jsonValue(),
  context: anyContext,
  children: fc.constant({}),
})

describe('a snapshot as text', () => {
  test('comes back as JSON would bring it', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(decodeSnapshot(encodeSnapshot(snapshot))).toEqual(
          JSON.parse(JSON.stringify(snapshot)),
        )
      }),
    )
  })

  test('encoded again is the same text', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const text = encodeSnapshot(snapshot)
        expect(encodeSnapshot(decodeSnapshot(text))).toBe(text)
      }),
    )
  })

  test('never holds what is private, which comes back empty', () => {
    fc.assert(
      fc.property(anySnapshot, fc.uuid(), fc.jsonValue(), (snapshot, secret, more) => {
        const context = { ...snapshot.context, private: { token: secret, [secret]: more } }
        const text = encodeSnapshot({ ...snapshot, context })
        expect(text).not.toContain(secret)
        expect(decodeSnapshot(text)).toMatchObject({ context: { private: {} } })
        expect(Object.keys(Object(decodeSnapshot(text)).context.private)).toEqual([])
      }),
    )
  })

  test('leaves the snapshot it was made of alone', () => {
    const context = { private: { token: 'secret' } }
    encodeSnapshot({ status: 'active', context })
    expect(context).toEqual({ private: { token: 'secret' } })
  })

  test('may hold anything under private, even what JSON cannot', () => {
    const context = { private: { socket: () => {}, big: 1n } }
    expect(encodeSnapshot({ status: 'active', context })).toBe(
      '{"status":"active","context":{"private":{}}}',
    )
  })

  test("is what a chart's own snapshot restores from", () => {
    const chart = setup({
      types: { context: {} as { count: number; private: object } },
    }).createMachine({
      context: { count: 0, private: {} },
      initial: 'off',
      states: {
        off: {
          on: { flip: { target: 'on', actions: assign({ count: 1, private: { tone: 'x' } }) } },
        },
        on: {},
      },
    })
    const actor = createActor(chart).start()
    actor.send({ type: 'flip' })
    const snapshot = decodeSnapshot(encodeSnapshot(actor.getPersistedSnapshot()))
    const restored = createActor(chart, { snapshot }).getSnapshot()
    expect(restored.value).toBe('on')
    expect(restored.context).toEqual({ count: 1, private: {} })
  })

  const looped: { self?: unknown } = {}
  looped.self = looped
  test.each([
    ['a function', { menu: [{ act: () => {} }] }, 'a function in context.menu[0].act'],
    ['a bigint', { id: 1n }, 'a bigint in context.id'],
    ['a symbol', { id: Symbol('s') }, 'a symbol in context.id'],
    ['a Date', { until: new Date(0) }, 'a Date in context.until'],
    ['a Map', { a: { b: new Map() } }, 'a Map in context.a.b'],
    ['an Error', { last: new Error('no') }, 'an Error in context.last'],
    ['NaN', { count: Number.NaN }, 'NaN in context.count'],
    ['infinity', { count: [[Number.POSITIVE_INFINITY]] }, 'Infinity in context.count[0][0]'],
    ['undefined in a list', { list: [1, undefined] }, 'an undefined in context.list[1]'],
    ['a loop', looped, 'an object that contains itself'],
  ])('refuses %s with its path and a fix', (_, context, words) => {
    const encode = () => encodeSnapshot({ status: 'active', context })
    expect(encode).toThrow(
      expect.objectContaining({
        code: 'snapshot.notJson',
        message: expect.stringContaining(words),
        fix: expect.stringContaining('context.private'),
      }),
    )
  })

  test('takes a property that is undefined as absent', () => {
    expect(encodeSnapshot({ status: 'active', output: undefined, context: { a: undefined } })).toBe(
      '{"status":"active","context":{}}',
    )
  })

  test.each(['', '{', 'null', '[]', '{"status":"odd"}'])('is not made of %j', (text) => {
    expect(() => decodeSnapshot(text)).toThrow(expect.objectContaining({ code: 'text.unreadable' }))
  })
})

describe('an event as text', () => {
  const paths = {
    'tone.reported': ['toneInfo.tone'],
    'recording.completed': ['answer.operation.recordingLocation'],
    'recording.*': ['answer.operation.recordingAccessToken'],
    'roster.reported': ['participants.secret'],
  }

  test('with nothing private is plain JSON', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (word, body) => {
        const event = { type: `x${word}`, body }
        const text = JSON.stringify(event)
        expect(encodeEvent(event, paths)).toEqual({ text, hadPrivate: false })
      }),
    )
  })

  test('loses its private parts only, and says so', () => {
    const event = { type: 'tone.reported', toneInfo: { sequenceId: 3, tone: 'tone5' } }
    expect(encodeEvent(event, paths)).toEqual({
      text: '{"type":"tone.reported","toneInfo":{"sequenceId":3}}',
      hadPrivate: true,
    })
    expect(event.toneInfo.tone).toBe('tone5')
  })

  test('lacking its private parts is kept whole', () => {
    for (const event of [
      { type: 'tone.reported' },
      { type: 'tone.reported', toneInfo: null },
      { type: 'tone.reported', toneInfo: { sequenceId: 3 } },
      { type: 'roster.reported', participants: [{ id: 'p' }] },
    ]) {
      expect(encodeEvent(event, paths)).toEqual({ text: JSON.stringify(event), hadPrivate: false })
    }
  })

  test('obeys the paths of its type and of its first word', () => {
    const operation = { id: 'o', recordingLocation: 'here', recordingAccessToken: 'secret' }
    const encoded = (type: string) => encodeEvent({ type, answer: { operation } }, paths)
    expect(encoded('recording.completed').text).toBe(
      '{"type":"recording.completed","answer":{"operation":{"id":"o"}}}',
    )
    expect(encoded('recording.failed').text).toBe(
      '{"type":"recording.failed","answer":{"operation":{"id":"o","recordingLocation":"here"}}}',
    )
    expect(encoded('recordings').hadPrivate).toBe(false)
  })

  test('loses private parts of every entry of a list', () => {
    const participants = [{ id: 'p', secret: 's1' }, { id: 'q' }, { id: 'r', secret: 's2' }]
    expect(encodeEvent({ type: 'roster.reported', participants }, paths)).toEqual({
      text: '{"type":"roster.reported","participants":[{"id":"p"},{"id":"q"},{"id":"r"}]}',
      hadPrivate: true,
    })
  })

  test('named like a built-in property is an event like any other', () => {
    expect(encodeEvent({ type: 'constructor' }, paths).hadPrivate).toBe(false)
  })

  test('comes back as it was written', () => {
    const event = { type: 'call.established', at: 3 }
    expect(decodeEvent(encodeEvent(event, paths).text)).toEqual(event)
  })

  test.each(['', 'null', '{}', '{"type":1}'])('is not made of %j', (text) => {
    expect(() => decodeEvent(text)).toThrow(expect.objectContaining({ code: 'text.unreadable' }))
  })

  test.each([
    ['{"displayName":"Anna', 'its 20 characters are not JSON.'],
    ['{"displayName":"Anna"}', 'its 22 characters are JSON, but no event.'],
  ])('that is damaged names nobody: %s', (text, words) => {
    expect(() => decodeEvent(text)).toThrow(words)
    expect(() => decodeEvent(text)).not.toThrow('Anna')
  })
})
