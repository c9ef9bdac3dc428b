/** Small commits to build tests from. */
import type { CallCommit } from '../../snapshots/index.ts'

/** A commit that changes nothing, with whatever is given on top. */
export function commitOf(
  key: string,
  afterSequence: number,
  parts: Partial<CallCommit> = {},
): CallCommit {
  return {
    key,
    afterSequence,
    status: 'live',
    chartId: 'desk',
    journal: [],
    effects: [],
    effectChanges: [],
    timers: [],
    timersRemoved: [],
    quarantined: [],
    ...parts,
  }
}

/** The first commit of a call: one event, one snapshot. */
export function firstCommit(key: string, parts: Partial<CallCommit> = {}): CallCommit {
  return commitOf(key, 0, { journal: [entry(1)], snapshot: snapshotAt(1), ...parts })
}

export function snapshotAt(sequence: number, chartVersion = '1') {
  return { sequence, chartVersion, actors: [{ actor: 'call', snapshot: `{"at":${sequence}}` }] }
}

export function entry(sequence: number) {
  return { sequence, atMs: 1000 + sequence, chartVersion: '1', event: `{"type":"e${sequence}"}` }
}

export function effect(id: string, askedMs = 1) {
  return { id, effect: 'answer', params: '{}', status: 'owed', askedMs } as const
}

export function timer(id: string, dueMs: number) {
  return { id, dueMs, event: `{"type":"${id}"}` }
}

/** Commits that together use every statement. */
export const everything: readonly (readonly CallCommit[])[] = [
  [
    firstCommit('a', {
      effects: [effect('a1'), effect('a2')],
      timers: [timer('ring', 10), timer('beat', 5)],
    }),
    firstCommit('b', { graphId: 'graph-b' }),
  ],
  [
    commitOf('a', 1, {
      graphId: 'graph-a',
      journal: [entry(2), entry(3)],
      snapshot: {
        ...snapshotAt(3),
        actors: [...snapshotAt(3).actors, { actor: 'p1', snapshot: '{}' }],
        actorsGone: ['p0'],
      },
      effects: [effect('a3')],
      effectChanges: [
        { id: 'a1', status: 'done' },
        { id: 'a2', status: 'running', operationId: 'op' },
      ],
      timers: [timer('ring', 20)],
      timersRemoved: ['ring', 'beat'],
      quarantined: [{ atMs: 7, event: '{"type":"bad"}', reason: 'it threw' }],
    }),
    firstCommit('c'),
    commitOf('b', 1, { status: 'ended', journal: [entry(2)] }),
  ],
]
