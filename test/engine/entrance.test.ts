/** The way in: beyond its limit, and once it is closed, Graph is asked to come again. */
import { expect, test } from 'vitest'
import { Entrance } from '../../src/engine/entrance.ts'
import type { Delivery, Intake } from '../../src/engine/intake.ts'

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
  const intake = new Entrance(slow, 2).take
  const first = intake([delivery, delivery])
  const tooMany = { kind: 'unavailable', retryAfterSeconds: 1 }
  expect(await intake([delivery, delivery])).toMatchObject([tooMany, tooMany])
  commit()
  expect(await first).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }])
  expect(await intake([delivery])).toEqual([{ kind: 'accepted' }])
})

test('once it is closed nothing is let in, and it is empty when what was under way is durable', async () => {
  let commit = () => {}
  const durable = new Promise<void>((resolve) => {
    commit = resolve
  })
  const order: string[] = []
  const slow: Intake = async () => {
    await durable
    order.push('durable')
    return [{ kind: 'accepted' }]
  }
  const entrance = new Entrance(slow, 2)
  const first = entrance.take([delivery])
  const closed = entrance.close().then(() => order.push('closed'))
  expect(await entrance.take([delivery])).toMatchObject([
    { kind: 'unavailable', retryAfterSeconds: 1 },
  ])
  commit()
  await closed
  expect(await first).toEqual([{ kind: 'accepted' }])
  expect(order).toEqual(['durable', 'closed'])
  await entrance.close()
})

test('an intake that fails gives its place back', async () => {
  const intake = new Entrance(() => Promise.reject(new Error('broken')), 1).take
  await expect(intake([delivery])).rejects.toThrow('broken')
  await expect(intake([delivery])).rejects.toThrow('broken')
})
