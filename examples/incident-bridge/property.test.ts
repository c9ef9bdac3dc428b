import { anyTraffic, emulate } from 'callchart/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import bot from './chart.ts'

/** A property is many runs: time enough for a slow machine. */
const PATIENCE_MS = 120_000

const people = ['ann', 'ben', 'kim', 'lee'].map((name) => `${name}@contoso.com`)

/** What each on-call person does with their page. */
const anyDecisions = fc.tuple(
  ...people.map((who) =>
    fc.record({ who: fc.constant(who), does: fc.constantFrom('decline', 'ignore', '1', '2', '') }),
  ),
)

test(
  'whoever comes or not: nobody is rung twice, and when the caller has gone every call ends',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyDecisions, async (decisions) => {
        await using world = await emulate(bot)
        for (const { who, does } of decisions) {
          if (does === 'decline' || does === 'ignore') world.script(who, does)
        }
        const incident = await world.ring({ from: 'bob@fabrikam.com' })
        const decided = new Set<string>()
        // Two rounds take two minutes at most.
        for (let seconds = 0; seconds < 130; seconds += 5) {
          for (const { who, does } of decisions) {
            const page = world.calls.find(
              (call) =>
                call.id !== incident.id && call.truth().roster.some(({ name }) => name === who),
            )
            if (!page?.truth().tonesSubscribed || decided.has(who)) continue
            decided.add(who)
            if (does === '1' || does === '2') await page.press(does)
          }
          await world.advance(5_000)
        }
        const placed = world.calls.filter(({ id }) => id !== incident.id)
        expect(placed.filter(({ state }) => state !== 'terminated')).toEqual([])
        const { outcomes } = Object(await incident.context()).bot
        expect(placed).toHaveLength(Object.keys(outcomes).length)
        const come = decisions.filter(({ who, does }) => does === '1' && who in outcomes)
        for (const { who } of come) expect(outcomes[who]).toBe('here')
        await world.finish()
        expect(world.calls.every(({ state }) => state === 'terminated')).toBe(true)
      }),
      { numRuns: 10 },
    )
  },
  PATIENCE_MS,
)

test(
  'whatever people do and whatever goes wrong, every promise is kept',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyTraffic({ calls: 3, deeds: 30 }), async (traffic) => {
        await using world = await emulate(bot, { seed: traffic.seed })
        await world.play(traffic)
        await world.checkInvariants()
      }),
      { numRuns: 5 },
    )
  },
  PATIENCE_MS,
)
