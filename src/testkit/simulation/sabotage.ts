/** Sabotage: promises broken on purpose, each of which the judge must see. */
import type { AnyStateMachine } from 'xstate'
import type { ActorEntry, CallCommit, JournalEntry, Store } from '../../../snapshots/index.ts'
import type { Host } from './network.ts'

/** What a saboteur puts in the place of what is sound. */
export type Sabotage = {
  readonly store: (store: Store) => Store
  readonly serve: (serve: Host) => Host
  /** Graph, as requests reach it. */
  readonly graph: (graph: Host) => Host
  readonly chart: (chart: AnyStateMachine) => AnyStateMachine
  /** `false`: a crash takes the latest commits with it. */
  readonly keepsSync: boolean
}

/** Nothing is sabotaged. */
export const sound: Sabotage = {
  store: (store) => store,
  serve: (serve) => serve,
  graph: (graph) => graph,
  chart: (chart) => chart,
  keepsSync: true,
}

/** Every sabotage there is, by name. */
export const sabotages = {
  skipTheFsync: { ...sound, keepsSync: false },
  acknowledgeBeforeCommit: { ...sound, serve: acknowledgingEarly },
  dropTheOutboxMark: committing((commit) => ({
    ...commit,
    effectChanges: commit.effectChanges.filter(({ status }) => status !== 'sent'),
  })),
  sendEverythingTwice: { ...sound, graph: askedTwice },
  ignoreADuplicateCheck: {
    ...sound,
    chart: (chart: AnyStateMachine) => chart.provide({ guards: { isNewTone: () => true } }),
  },
  keepFiredTimers: committing((commit) => ({ ...commit, timersRemoved: [] })),
  writeAWrongSnapshot: committing(({ snapshot, ...commit }) => ({
    ...commit,
    snapshot: snapshot && {
      ...snapshot,
      actors: snapshot.actors.map((entry) => ({
        ...entry,
        snapshot: entry.snapshot.replace('"rosterSize":0', '"rosterSize":7'),
      })),
    },
  })),
  keepATone: committing((commit) => ({
    ...commit,
    journal: commit.journal.map((entry) => ({
      ...entry,
      event: entry.event.replace('"toneInfo":{', '"toneInfo":{"tone":"tone1",'),
    })),
  })),
  neverEndACall: committing((commit) => ({ ...commit, status: 'live' })),
  /** What other calls told is not known after a restart, and nothing asked is ever noted as done. */
  forgetWhatWasTold: {
    ...sound,
    store: (store: Store) => ({
      ...store,
      commit: (batch: readonly CallCommit[]) => store.commit(batch.map(withoutDone)),
      load: async (key: string) => {
        const stored = await store.load(key)
        return (
          stored && { ...stored, actors: unheard(stored.actors), journal: untold(stored.journal) }
        )
      },
    }),
  },
} as const satisfies Record<string, Sabotage>

export type SabotageName = keyof typeof sabotages

/** Whether a word names a sabotage. */
export function isSabotage(word: string): word is SabotageName {
  return Object.hasOwn(sabotages, word)
}

function committing(spoil: (commit: CallCommit) => CallCommit): Sabotage {
  return {
    ...sound,
    store: (store) => ({ ...store, commit: (batch) => store.commit(batch.map(spoil)) }),
  }
}

function withoutDone(commit: CallCommit): CallCommit {
  return {
    ...commit,
    effectChanges: commit.effectChanges.filter(({ status }) => status !== 'done'),
  }
}

function unheard(actors: readonly ActorEntry[]): readonly ActorEntry[] {
  return actors.filter(({ actor }) => actor !== 'heard')
}

function untold(journal: readonly JournalEntry[]): readonly JournalEntry[] {
  return journal.map((entry) => ({
    ...entry,
    event: entry.event.replace(/^(\{"type":"call\.told".*?"command":")[^"]+/, '$1forgotten.0.0'),
  }))
}

/** Says 202 to every notification and sees to it afterwards. */
function acknowledgingEarly(serve: Host): Host {
  return async (request, text) => {
    if (request.method !== 'POST') return serve(request, text)
    void serve(request, text)
    return new Response(null, { status: 202 })
  }
}

/** Lets every request that asks for something reach Graph once more. */
function askedTwice(graph: Host): Host {
  return async (request, text) => {
    if (request.method === 'POST') await graph(request.clone(), text)
    return graph(request, text)
  }
}
