/** What tests have seen of a chart, as plain counts: what a file holds, and several files make one. */

/** How often what was seen of one version of a chart. */
export type Seen = {
  readonly chart: string
  readonly version: string
  /** Calls that began on it. */
  readonly calls: number
  /** How often each state was entered, by path; one that is not named never was. */
  readonly states: { readonly [path: string]: number }
  /** How often each transition was taken, by id: `scenario.choosing|tone.received|0`. */
  readonly transitions: { readonly [id: string]: number }
}

/** All that several saw of the same version of a chart. */
export function seenTogether(none: Seen, all: readonly Seen[]): Seen {
  const same = all.filter(({ chart, version }) => chart === none.chart && version === none.version)
  return {
    ...none,
    calls: same.reduce((sum, { calls }) => sum + calls, 0),
    states: added(same.map(({ states }) => states)),
    transitions: added(same.map(({ transitions }) => transitions)),
  }
}

function added(all: readonly Seen['states'][]): Seen['states'] {
  const sums = new Map<string, number>()
  for (const [name, times] of all.flatMap((each) => Object.entries(each))) {
    sums.set(name, (sums.get(name) ?? 0) + times)
  }
  return sorted(sums)
}

function sorted(counts: ReadonlyMap<string, number>): Seen['states'] {
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
}
