/** Stores that break a promise on purpose: what a killed process then loses, the judge must see. */
import type { CallCommit, Store } from '../../snapshots/index.ts'

/** How long after it was said to be durable a commit is written. */
const BEHIND_MS = 300

/** Every sabotage there is, by name. */
export const sabotages = {
  'acknowledge-early': writingBehind,
  'forget-outbox': (store: Store) =>
    committing(store, (commit) => ({ ...commit, effects: [], effectChanges: [] })),
  'forget-sent': (store: Store) =>
    committing(store, (commit) => ({
      ...commit,
      effectChanges: commit.effectChanges.filter(({ status }) => status !== 'sent'),
    })),
} as const

export type SabotageName = keyof typeof sabotages

export const sabotageNames = Object.keys(sabotages).filter(isSabotage)

/** Whether a word names a sabotage. */
export function isSabotage(word: string): word is SabotageName {
  return Object.hasOwn(sabotages, word)
}

function committing(store: Store, spoil: (commit: CallCommit) => CallCommit): Store {
  return over(store, (batch) => store.commit(batch.map(spoil)))
}

/** Says at once that a commit is durable, and writes it later. */
function writingBehind(store: Store): Store {
  const unwritten: (readonly CallCommit[])[] = []
  setInterval(() => {
    for (const batch of unwritten.splice(0)) void store.commit(batch)
  }, BEHIND_MS)
  return over(store, async (batch) => {
    unwritten.push(batch)
  })
}

/** The store with another way of committing; the rest keeps its own. */
function over(store: Store, commit: Store['commit']): Store {
  return {
    commit,
    load: (key) => store.load(key),
    find: (graphId) => store.find(graphId),
    dueTimers: (nowMs, ...page) => store.dueTimers(nowMs, ...page),
    nextDueMs: (afterMs) => store.nextDueMs(afterMs),
    liveKeys: (afterKey, limit) => store.liveKeys(afterKey, limit),
    chartUses: () => store.chartUses(),
    compact: (endedBeforeMs, limit) => store.compact(endedBeforeMs, limit),
    naming: (person, from, limit) => store.naming(person, from, limit),
    remove: (keys) => store.remove(keys),
    removeEnded: (beforeMs, limit) => store.removeEnded(beforeMs, limit),
    rewrite: () => store.rewrite(),
    counts: () => store.counts(),
    journal: (key, afterSequence) => store.journal(key, afterSequence),
    past: (key) => store.past(key),
    page: (status, before, limit) => store.page(status, before, limit),
    brief: (key) => store.brief(key),
    check: () => store.check(),
    close: () => store.close(),
  }
}
