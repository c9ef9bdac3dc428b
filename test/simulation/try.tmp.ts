import fc from '/work/main/node_modules/fast-check/lib/fast-check.js'
import { trafficOf } from '/work/main/src/testkit/simulation/traffic.ts'
import { emulate } from '/work/main/src/testkit/world.ts'
import { busyBot as frontDesk } from './bot.ts'

const seeds = process.argv[2] ? process.argv.slice(2).map(Number) : [1, 2, 3]
for (const seed of seeds) {
  const t0 = Date.now()
  const traffic = trafficOf(seed, process.env.NOFAULTS ? { faults: fc.constant([]) } : {})
  await using world = await emulate(frontDesk, { seed })
  const start = world.clock.now()
  await world.play(traffic)
  console.log(
    seed,
    Date.now() - t0,
    'ms',
    ((world.clock.now() - start) / 3600e3).toFixed(2),
    'h',
    world.emulator.record.length,
    'entries',
    world.disk.commits.length,
    'commits',
    [...world.mishaps.struck].map(([k, n]) => k + ':' + n).join(' '),
  )
  for (const v of world.judge.violations) console.log('   ', v.invariant, v.what)
}
