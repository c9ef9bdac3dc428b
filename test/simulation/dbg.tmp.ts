import { emulate, trafficOf } from '../../src/testkit/index.ts'
import { keeping } from '../../src/testkit/simulation/shrink.ts'
import * as R from '../../src/testkit/simulation/run.ts'
import { busyBot } from './bot.ts'
const seed = Number(process.argv[2]); const keep = process.argv[3]!.split(',').map(Number); const pat = process.argv[4] ?? ''
const traffic = keeping(trafficOf(seed), keep)
await using world = await emulate(busyBot, { seed, switches: (R as any).switchesOf?.(seed) ?? {} })
const t0 = world.clock.now()
await world.play(traffic)
for (const v of world.judge.violations) console.log(v.invariant, v.what)
const lines = [...world.emulator.record.map(e => ({ at: e.atMs, t: JSON.stringify(e) })), ...world.records.map(r => ({ at: r.atMs, t: JSON.stringify(r).slice(0, 260) })), ...world.disk.commits.flatMap(c => c.calls.map(k => ({ at: c.atMs, t: 'COMMIT ' + k.key + ' v' + k.expectedVersion + ' ' + k.status + ' ' + (k.graphId ?? '-') + ' j' + k.journal.map(j => j.sequence) + ' snap' + k.snapshot?.sequence + ' ' + k.effectChanges.map(e => e.id.slice(-6) + e.status) })))]
for (const l of lines.sort((a, b) => a.at - b.at)) if (l.t.includes(pat)) console.log(l.at - t0, l.t.slice(0, 330))
