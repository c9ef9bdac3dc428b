import { describe, expect, test } from 'vitest'
import { withoutSecrets } from '../../src/engine/secrets.ts'

describe('what an invocation is stored with', () => {
  test('is its whole input where nothing is private', () => {
    const input = { id: '12', list: [1, 2] }
    expect(withoutSecrets(input, {})).toEqual({ value: input, isLacking: false })
  })

  test('lacks texts and numbers that are private, however deep they stand', () => {
    const { value, isLacking } = withoutSecrets(
      { pins: [{ pin: 1234 }], name: 'Bob' },
      { pin: '1234' },
    )
    expect([value, isLacking]).toEqual([{ pins: [{ pin: undefined }], name: 'Bob' }, true])
  })

  test('lacks texts that tell a long private one; a short one is only looked for whole', () => {
    const secret = { token: 'abcdef-token', digit: '7' }
    expect(withoutSecrets({ url: 'x?t=abcdef-token' }, secret).isLacking).toBe(true)
    expect(withoutSecrets({ room: 'room 7' }, secret).isLacking).toBe(false)
  })
})
