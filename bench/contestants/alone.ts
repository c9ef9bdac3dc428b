/** Callchart alone in a process, for what is measured from inside: heap, allocations, rosters, start-up. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { answer } from '../remote.ts'
import { turnsPerSecond } from './contestant.ts'
import { doubleCalls, endedIdsOf, liveAndEnd, packCalls } from './endedCalls.ts'
import { type EngineOptions, establish, openEngine } from './engine.ts'
import { allocatedPerTurn, heapAfterCollection } from './heap.ts'
import { rosterTimes } from './rosters.ts'
import { watchStations } from './stations.ts'
import { watchingPairs } from './watching.ts'

let opened: Awaited<ReturnType<typeof openEngine>> | undefined
let watched: ReturnType<typeof watchStations> | undefined

type Question = Pick<EngineOptions, 'folder' | 'callIds' | 'hotCalls' | 'graph' | 'tenantId'>

const asks = {
  /** Resolves to how long it took until it was ready for traffic. */
  open: async (question: Question) => {
    const startMs = performance.now()
    opened = await openEngine(question)
    return performance.now() - startMs
  },
  /** Resolves once no work is left of what it was opened with. */
  idle: async () => {
    while (engine().bot.busy()) await new Promise((resolve) => setTimeout(resolve, 5))
  },
  /** Where it listens, if it was given a Graph to answer. */
  url: () => engine().url,
  turns: ({ callIds, durationMs }: { callIds: readonly string[]; durationMs: number }) =>
    turnsPerSecond(engine(), callIds, durationMs),
  ended: ({ calls, moves }: { readonly calls: number; readonly moves: number }) =>
    liveAndEnd(engine().bot, endedIdsOf(calls), moves),
  /** Doubles the calls of a closed database; resolves to how many there are then. */
  doubled: ({ folder, times }: { readonly folder: string; readonly times: number }) =>
    doubleCalls(folder, times),
  packed: ({ folder }: { readonly folder: string }) => packCalls(folder),
  establish: ({ callIds }: { readonly callIds: readonly string[] }) =>
    establish(engine().bot, callIds),
  /** Bytes on the heap, garbage collected. */
  heap: () => heapAfterCollection(),
  allocations: ({
    turns,
    callIds,
  }: {
    readonly turns: number
    readonly callIds: readonly string[]
  }) => allocatedPerTurn(engine(), callIds, turns),
  roster: (question: { readonly people: number; readonly rounds: number }) =>
    rosterTimes(engine(), question),
  watching: watchingPairs,
  watchStations: () => {
    watched = watchStations(engine().bot)
  },
  /** The stations that were come by since this was last asked, and when. */
  passed: () => watched?.passed() ?? {},
  /** Bytes of everything in the database's folder. */
  stored: ({ folder }: { readonly folder: string }) =>
    readdirSync(folder)
      .map((name) => statSync(join(folder, name)).size)
      .reduce((sum, size) => sum + size, 0),
  close: async () => {
    await engine().close()
    opened = undefined
  },
}

export type AloneAsks = typeof asks

answer(asks)

function engine() {
  if (!opened) throw new Error('Open it first.')
  return opened
}
