/** The load, in a process of its own, as Graph is. */
import { answer } from '../remote.ts'
import { Load, type Target } from './load.ts'

const loads: Load[] = []

const asks = {
  /** Connects; resolves to the load's number. */
  connect: async ({ connections, target }: { connections: number; target: Target }) => {
    loads.push(await Load.connect(target, connections))
    return loads.length - 1
  },
  /** Resolves to how long each acknowledgement took. */
  burst: ({ load, durationMs }: { load: number; durationMs: number }) =>
    numbered(load).burst(durationMs),
  pace: ({
    load,
    perSecond,
    durationMs,
  }: {
    load: number
    perSecond: number
    durationMs: number
  }) => numbered(load).pace(perSecond, durationMs),
  disconnect: () => {
    for (const load of loads) load.close()
  },
}

export type LoadAsks = typeof asks

answer(asks)

function numbered(number: number): Load {
  const load = loads[number]
  if (!load) throw new Error('Connect first.')
  return load
}
