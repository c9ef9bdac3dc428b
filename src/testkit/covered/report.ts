/** How much of a chart was seen, the author's regions apart from those that every call has. */
import type { AnyStateMachine } from 'xstate'
import { type ChartState, readChart } from '../../../snapshots/index.ts'
import { isOurs } from '../invariants/regions.ts'
import type { Seen } from './seen.ts'

/** So many of so many, and those left out. */
export type Share = {
  readonly all: number
  readonly seen: number
  readonly percent: number
  readonly unseen: readonly string[]
}

/** One region of a chart. */
export type RegionCovered = {
  readonly region: string
  readonly states: Share
  readonly transitions: Share
}

export type Covered = {
  readonly chart: string
  readonly version: string
  readonly calls: number
  /** Of the author's regions together. */
  readonly states: Share
  readonly transitions: Share
  /** The author's regions, the scenario first. */
  readonly own: readonly RegionCovered[]
  /** The regions that every call has. */
  readonly base: readonly RegionCovered[]
}

/** What of a chart the counts cover. */
export function coveredBy(chart: AnyStateMachine, seen: Seen): Covered {
  const regions = readChart(chart).root.states.map((region) => regionCovered(region, seen))
  const own = regions.filter(({ region }) => !isOurs(region))
  return {
    chart: seen.chart,
    version: seen.version,
    calls: seen.calls,
    states: together(own.map(({ states }) => states)),
    transitions: together(own.map(({ transitions }) => transitions)),
    own: own.toSorted((one, other) => rank(one.region) - rank(other.region)),
    base: regions.filter(({ region }) => isOurs(region)),
  }
}

/** The report as text. */
export function reportOf({
  chart,
  version,
  calls,
  states,
  transitions,
  own,
  base,
}: Covered): string {
  return [
    `${chart} ${version}, ${calls} ${calls === 1 ? 'call' : 'calls'}: ${shareText('states', states)}, ${shareText('transitions', transitions)}`,
    ...own.flatMap(regionText),
    `  not counted, in every call: ${base.map(({ region, transitions: { percent } }) => `${region} ${percent} %`).join(', ')}`,
  ].join('\n')
}

function regionText({ region, states, transitions }: RegionCovered): readonly string[] {
  if (states.unseen.length + transitions.unseen.length === 0) return [`  ${region}: all of it`]
  return [
    `  ${region}`,
    ...states.unseen.map((state) => `    never entered  ${state}`),
    ...transitions.unseen.map((transition) => `    never taken    ${transition}`),
  ]
}

function shareText(what: string, { seen, all, percent }: Share): string {
  return `${seen} of ${all} ${what} (${percent} %)`
}

function regionCovered(region: ChartState, seen: Seen): RegionCovered {
  const states = statesIn(region)
  return {
    region: region.name,
    states: shareOf(
      // Resting in a history is nobody's: it only leads on.
      states.filter(({ type }) => !type.endsWith('history')).map(({ path }) => [path, path]),
      seen.states,
    ),
    transitions: shareOf(states.flatMap(transitionsIn), seen.transitions),
  }
}

type Named = readonly [id: string, text: string]

function transitionsIn({ path, transitions }: ChartState): readonly Named[] {
  return transitions.map(({ id, when, guard, targets }) => {
    const where = targets.length > 0 ? ` → ${targets.join(', ')}` : ''
    return [id, `${path}  ${when}${guard === undefined ? '' : ` [${guard}]`}${where}`]
  })
}

function statesIn(state: ChartState): readonly ChartState[] {
  return [state, ...state.states.flatMap(statesIn)]
}

function shareOf(named: readonly Named[], counts: { readonly [name: string]: number }): Share {
  const unseen = named.filter(([id]) => counts[id] === undefined).map(([, text]) => text)
  return share(named.length, unseen)
}

function together(shares: readonly Share[]): Share {
  return share(
    shares.reduce((sum, { all }) => sum + all, 0),
    shares.flatMap(({ unseen }) => unseen),
  )
}

function share(all: number, unseen: readonly string[]): Share {
  const seen = all - unseen.length
  return { all, seen, percent: all === 0 ? 100 : Math.floor((100 * seen) / all), unseen }
}

function rank(region: string): number {
  return region === 'scenario' ? 0 : 1
}
