import { describe, expect, test } from 'vitest'
import type { FaultDials, Faults } from '../../src/emulator/index.ts'
import { seededFaults } from '../../src/emulator/index.ts'
import { seededRandom } from '../../src/random.ts'
import { errorOf, heard, setStage } from './stage.ts'

const notifications = (stage: Awaited<ReturnType<typeof setStage>>) =>
  stage.emulator.record.filter((entry) => entry.kind === 'notification')

describe('delivery', () => {
  test('is tried again after 250 ms, then twice as long, and keeps the order of its call', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.bot.answers.push({ status: 500 }, { status: 503 })
    await stage.ask('DELETE', `/calls/${call.id}`)
    await stage.pass(249)
    expect(notifications(stage).at(-2)).toMatchObject({
      attempts: 1,
      status: 500,
      outcome: 'pending',
    })
    await stage.pass(1 + 499)
    expect(heard(stage.bot)).toEqual([])
    await stage.pass(1)
    expect(heard(stage.bot)).toEqual(['updated call terminating', 'deleted call terminated'])
    expect(notifications(stage).at(-2)).toMatchObject({
      attempts: 3,
      status: 202,
      outcome: 'acknowledged',
    })
  })

  test('honours Retry-After', async () => {
    await using stage = await setStage()
    stage.bot.answers.push({ status: 503, headers: { 'Retry-After': '7' } })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass(6_999)
    expect(heard(stage.bot)).toEqual([])
    await stage.pass(1)
    expect(heard(stage.bot)).toEqual(['created call incoming'])
  })

  test('goes on when the connection fails, and is given up after 2 min', async () => {
    await using stage = await setStage({ app: { webhook: 'http://127.0.0.1:9/api/calls' } })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass(5 * 60_000)
    const [first] = notifications(stage)
    expect(first).toMatchObject({ outcome: 'abandoned' })
    expect(first?.kind === 'notification' && first.attempts).toBeGreaterThan(20)
  })

  test('of one call does not wait for another', async () => {
    await using stage = await setStage()
    stage.bot.answers.push({ status: 500 })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    const second = stage.emulator.ring({ from: 'eve@fabrikam.com' })
    await stage.pass()
    expect(stage.bot.told.map((told) => told.resourceUrl)).toEqual([
      `/communications/calls/${second.id}`,
    ])
  })

  test('waits for the response of the request that caused it', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    let answered = false
    stage.bot.onTold = () => {
      expect(answered).toBe(true)
    }
    await stage.ask('DELETE', `/calls/${call.id}`).then(() => {
      answered = true
    })
    await stage.pass()
    expect(heard(stage.bot)).toHaveLength(2)
  })

  test('of an incoming call comes in the older format first where told to, and again after a 204', async () => {
    await using stage = await setStage({ switches: { firstNotification: 'legacy' } })
    stage.bot.answers.push({ status: 204 })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    expect(stage.bot.bodies[0]).not.toHaveProperty('value')
    expect(heard(stage.bot)).toEqual(['created call incoming'])
  })

  test('a 204 to an incoming call has it sent again', async () => {
    await using stage = await setStage()
    stage.bot.answers.push({ status: 204 })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    expect(stage.bot.bodies).toHaveLength(2)
  })

  test('follows a 302 to another deployment', async () => {
    await using stage = await setStage()
    stage.bot.answers.push({ status: 302, headers: { Location: '/api/calls/elsewhere' } })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    expect(stage.bot.told.map((told) => told.path)).toEqual(['/api/calls/elsewhere'])
  })

  test('is signed with the newest key, and earlier keys stay published', async () => {
    await using stage = await setStage()
    await stage.answered()
    await stage.emulator.rotateKeys()
    stage.emulator.ring({ from: 'eve@fabrikam.com' })
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['created call incoming'])
  })
})

describe('faults on notifications', () => {
  const once = (fault: ReturnType<NonNullable<Faults['onNotification']>>): Faults => {
    let left = fault
    return {
      onNotification: () => {
        const now = left
        left = undefined
        return now
      },
    }
  }

  test('duplicate sends it twice', async () => {
    await using stage = await setStage({ faults: once({ kind: 'duplicate' }) })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['created call incoming', 'created call incoming'])
  })

  test('drop never sends it', async () => {
    await using stage = await setStage({ faults: once({ kind: 'drop' }) })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass(15_000)
    expect(heard(stage.bot)).toEqual(['deleted call terminated'])
    expect(notifications(stage)[0]).toMatchObject({ outcome: 'dropped', attempts: 0 })
  })

  test('delay holds it and what follows', async () => {
    await using stage = await setStage({ faults: once({ kind: 'delay', delayMs: 900 }) })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass(899)
    expect(heard(stage.bot)).toEqual([])
    await stage.pass(1)
    expect(heard(stage.bot)).toEqual(['created call incoming'])
  })

  test('reorder sends it after the next', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.emulator.setFaults(once({ kind: 'reorder', holdMs: 900 }))
    await stage.ask('DELETE', `/calls/${call.id}`)
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['deleted call terminated', 'updated call terminating'])
  })

  test('reorder with nothing to follow sends it late', async () => {
    await using stage = await setStage({ faults: once({ kind: 'reorder', holdMs: 900 }) })
    stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await stage.pass(899)
    expect(heard(stage.bot)).toEqual([])
    await stage.pass(1)
    expect(heard(stage.bot)).toEqual(['created call incoming'])
  })
})

describe('faults on requests', () => {
  const always = (fault: ReturnType<NonNullable<Faults['onRequest']>>): Faults => ({
    onRequest: () => fault,
  })

  test('429 carries Retry-After and changes nothing', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.emulator.setFaults(
      always({ kind: 'refuse', status: 429, retryAfterSeconds: 3, moment: 'before' }),
    )
    const asked = await stage.ask('DELETE', `/calls/${call.id}`)
    expect(asked.status).toBe(429)
    expect(asked.headers.get('retry-after')).toBe('3')
    expect(errorOf(asked).code).toBe('TooManyRequests')
    expect(call.state).toBe('established')
    expect(stage.emulator.record.at(-1)).toMatchObject({
      method: 'hangUp',
      status: 429,
      tookEffect: false,
    })
  })

  test('a 5xx after the effect has changed things all the same', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.emulator.setFaults(always({ kind: 'refuse', status: 503, moment: 'after' }))
    expect((await stage.ask('DELETE', `/calls/${call.id}`)).status).toBe(503)
    expect(call.state).toBe('terminated')
    await stage.pass()
    expect(heard(stage.bot)).toHaveLength(2)
    const entry = stage.emulator.record.find(
      (each) => each.kind === 'request' && each.status === 503,
    )
    expect(entry).toMatchObject({ tookEffect: true, fault: 'refuse' })
  })

  test.each(['before', 'after'] as const)(
    'a cut %s the effect breaks the connection',
    async (moment) => {
      await using stage = await setStage()
      const call = await stage.answered()
      stage.emulator.setFaults(always({ kind: 'cut', moment }))
      await expect(stage.ask('DELETE', `/calls/${call.id}`)).rejects.toThrow()
      await stage.pass()
      expect(call.state).toBe(moment === 'before' ? 'established' : 'terminated')
      const entry = stage.emulator.record.find(
        (each) => each.kind === 'request' && each.status === 0,
      )
      expect(entry).toMatchObject({ tookEffect: moment === 'after', fault: 'cut' })
    },
  )

  test('a slow request waits for the clock, and is then served', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    stage.emulator.setFaults(always({ kind: 'slow', delayMs: 4_000, moment: 'before' }))
    const asked = stage.ask('DELETE', `/calls/${call.id}`)
    while (stage.clock.nextDueMs() !== stage.clock.now() + 4_000) await stage.pass()
    expect(call.state).toBe('established')
    await stage.pass(4_000)
    expect((await asked).status).toBe(204)
  })

  test.each([1, 2, 3])(
    'of every kind at once leave no notification unsettled (seed %i)',
    async (seed) => {
      const rare = 0.15
      const dials = {
        duplicate: rare,
        reorder: rare,
        delay: rare,
        drop: rare,
        fail: rare,
        throttle: rare,
        cut: rare,
      }
      await using stage = await setStage({ random: seededRandom(seed), faults: dials })
      for (const name of ['ann', 'bob', 'cyd', 'dan', 'eve']) {
        const call = stage.emulator.ring({ from: `${name}@fabrikam.com` })
        await stage.pass()
        await stage.ask('POST', `/calls/${call.id}/answer`, stage.acceptance).catch(() => undefined)
        await stage.ask('DELETE', `/calls/${call.id}`).catch(() => undefined)
      }
      await stage.pass(60 * 60_000)
      expect(stage.emulator.calls.map((call) => call.state)).toEqual(Array(5).fill('terminated'))
      expect(notifications(stage).filter((entry) => entry.outcome === 'pending')).toEqual([])
    },
  )

  test('drawn from one seed they are the same every time', () => {
    const dials: Partial<FaultDials> = { duplicate: 0.2, drop: 0.2, throttle: 0.2, cut: 0.3 }
    const draw = () => {
      const faults = seededFaults(seededRandom(5), dials)
      const sight = { method: 'answer', callId: 'c', changeType: 'updated', what: 'call' }
      return Array.from({ length: 50 }, () => [
        faults.onNotification?.(sight)?.kind,
        faults.onRequest?.(sight)?.kind,
      ])
    }
    expect(draw()).toEqual(draw())
    expect(new Set(draw().flat())).toEqual(
      new Set([undefined, 'duplicate', 'drop', 'refuse', 'cut']),
    )
  })
})
