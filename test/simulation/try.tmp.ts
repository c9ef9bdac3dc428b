import { run, trafficOf } from '../../src/testkit/simulation/index.ts'
import { busyBot } from './bot.ts'
let bad = 0
for (let seed = Number(process.argv[2]); seed < Number(process.argv[3]); seed++) {
  const a = await run(busyBot, trafficOf(seed)); const b = await run(busyBot, trafficOf(seed))
  if (a.digest !== b.digest) { bad++; console.log('differs', seed) }
}
console.log('bad', bad)
