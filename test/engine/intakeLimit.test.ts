/** The limit on what is being taken in: beyond it Graph is asked to come again, below it nobody is. */
import { expect, test } from 'vitest'
import type { Delivery, Intake } from '../../src/engine/intake.ts'
import { limited } from '../../src/engine/intakeLimit.ts'

const delivery: Delivery = {
  tenantId: 't',
  appId: 'a',
  atMs: 0,
  notification: {
    changeType: 'updated',
    resourceUrl: '',
    callId: 'c',
    subject: 'call',
    resources: [],
  },
}

test('deliveries beyond the limit are asked to come again, until those under way are durable', async () => {
  let commit = () => {}
  const durable = new Promise<void>((resolve) => {
    commit = resolve
  })
  const slow: Intake = async (deliveries) => {
    await durable
    return deliveries.map(() => ({ kind: 'accepted' }))
  }
  const intake = limited(slow, 2)
  const first = intake([delivery, delivery])
  const tooMany = { kind: 'unavailable', retryAfterSeconds: 1 }
  expect(await intake([delivery, delivery])).toMatchObject([tooMany, tooMany])
  commit()
  expect(await first).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }])
  expect(await intake([delivery])).toEqual([{ kind: 'accepted' }])
})

test('an intake that fails gives its place back', async () => {
  const intake = limited(() => Promise.reject(new Error('broken')), 1)
  await expect(intake([delivery])).rejects.toThrow('broken')
  await expect(intake([delivery])).rejects.toThrow('broken')
})
