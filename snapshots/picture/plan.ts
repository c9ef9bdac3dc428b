/** What a picture of a chart shows: boxes within boxes, and which arrows run between which of them. */
import type { AnyStateMachine } from 'xstate'
import { type ChartState, type ChartTransition, readChart } from '../chart.ts'
import { type Delays, ITSELF, inShort, type Line, linesOf, type Told, wrapped } from './words.ts'

/** A state as a box. */
export type Box = {
  /** Dotted path from the chart's root; the root itself is `''`. */
  readonly path: string
  readonly title: string
  readonly type: ChartState['type']
  /** What the state does by itself: on entry, on exit, and while it is active. */
  readonly deeds: readonly Line[]
  /** What it makes of events without an arrow of its own. */
  readonly reactions: readonly Line[]
  readonly boxes: readonly Box[]
  /** Path of the box that it starts in. */
  readonly initial?: string | undefined
  readonly arrows: readonly Arrow[]
}

/** Every transition from one box (or out of it) to its neighbour (or into it). */
export type Arrow = {
  readonly from: string
  readonly to: string
  readonly lines: readonly Line[]
  /** Ids of the transitions it stands for. */
  readonly transitions: readonly string[]
  /** One of many to the same box: behind everything, without words, without a say in the layout. */
  readonly isQuiet: boolean
}

/** `words`: all that states and transitions say. `names`: the names of states only, so that much fits a page. */
export type Detail = 'words' | 'names'

/** So many sources make a target a place where all roads end: its arrows are drawn bare. */
const HUB_SOURCES = 4

/** Plans the picture of a chart, or of the state at `path` alone; `undefined` where there is no such state. */
export function planPicture(
  machine: AnyStateMachine,
  path: string,
  detail: Detail,
): Box | undefined {
  const { id, version, root: written } = readChart(machine)
  const root = withShortNames(written)
  const states = [root, ...everyStateIn(root)]
  const state = states.find((each) => each.path === path)
  const plan: Plan = { ways: waysOf(states), delays: delaysOf(machine), detail }
  const title = path === '' ? [id, version].filter(Boolean).join(' ') : `${id} · ${path}`
  return state && { ...boxOf(state, plan), title }
}

/** An invocation that was given no id is told by its source: XState's own ids repeat where they stand. */
function withShortNames(state: ChartState): ChartState {
  const sources = new Map(
    state.invoke.flatMap((invocation) => {
      const [, source, id] = /^(.*) as (\d+\..*)$/.exec(invocation) ?? []
      return source === undefined || !id?.endsWith(state.path) ? [] : [[id, source] as const]
    }),
  )
  const short = (when: string) => {
    const [, id = '', fate] = /^(.*) (done|failed)$/.exec(when) ?? []
    return sources.has(id) ? `${sources.get(id)} ${fate}` : when
  }
  return {
    ...state,
    invoke: state.invoke.map((each) => sources.get(each.split(' as ').at(-1) ?? '') ?? each),
    transitions: state.transitions.map((each) => ({ ...each, when: short(each.when) })),
    states: state.states.map(withShortNames),
  }
}

/** One transition and one of its targets; drawn between two neighbours in `level`, unless told in words. */
type Way = {
  readonly source: ChartState
  readonly transition: ChartTransition
  readonly target: string
  readonly arrow?: { readonly level: string; readonly from: string; readonly to: string }
}

type Plan = { readonly ways: readonly Way[]; readonly delays: Delays; readonly detail: Detail }

function waysOf(states: readonly ChartState[]): readonly Way[] {
  const parallel = new Set(states.filter(({ type }) => type === 'parallel').map(({ path }) => path))
  return states.flatMap((source) =>
    source.transitions.flatMap((transition) =>
      transition.targets.map((target) => {
        const way = { source, transition, target }
        if (isWithin(source.path, target) || isWithin(target, source.path)) return way
        const level = commonAncestor(source.path, target)
        if (parallel.has(level)) return way
        const [from, to] = [stepInto(level, source.path), stepInto(level, target)]
        return { ...way, arrow: { level, from, to } }
      }),
    ),
  )
}

function boxOf(state: ChartState, plan: Plan): Box {
  const hasWords = plan.detail === 'words'
  return {
    path: state.path,
    title: titleOf(state),
    type: state.type,
    deeds: hasWords ? deedsOf(state) : [],
    reactions: hasWords ? linesOf(reactionsOf(state, plan), plan.delays) : [],
    boxes: state.states.map((child) => boxOf(child, plan)),
    initial: state.initial,
    arrows: arrowsIn(state.path, plan),
  }
}

function deedsOf({ entry, exit, invoke, tags }: ChartState): readonly Line[] {
  return [
    ...entry.flatMap((action) => wrapped(`entry / ${inShort(action)}`)),
    ...exit.flatMap((action) => wrapped(`exit / ${inShort(action)}`)),
    ...invoke.flatMap((invocation) => wrapped(`invoke ${invocation}`)),
    ...(tags.length === 0 ? [] : wrapped(`tags ${tags.join(', ')}`)),
  ]
}

function titleOf({ name, type }: ChartState): string {
  if (type === 'shallow history') return `${name} (H)`
  return type === 'deep history' ? `${name} (H*)` : name
}

/** What no arrow can say, or too many would. */
function reactionsOf(state: ChartState, { ways }: Plan): readonly Told[] {
  return state.transitions.flatMap((transition) => {
    if (transition.targets.length === 0) return [{ transition }]
    return ways
      .filter((way) => way.transition === transition && (!way.arrow || isToHub(way, ways)))
      .map((way) => ({ transition, to: placeOf(way) }))
  })
}

/** Where a way leads, as short as its source allows. */
function placeOf({ source, target, arrow }: Way): string {
  if (source.path === target) return ITSELF
  const from = arrow?.level ?? (isWithin(target, source.path) ? source.path : '')
  return from === '' ? target : target.slice(from.length + 1)
}

function isToHub({ arrow }: Way, ways: readonly Way[]): boolean {
  const sources = ways.flatMap((way) =>
    arrow && way.arrow?.level === arrow.level && way.arrow.to === arrow.to ? [way.arrow.from] : [],
  )
  return new Set(sources).size >= HUB_SOURCES
}

function arrowsIn(level: string, { ways, delays, detail }: Plan): readonly Arrow[] {
  const within = ways.filter(({ arrow }) => arrow?.level === level)
  const pairs = Object.groupBy(within, ({ arrow }) => `${arrow?.from} → ${arrow?.to}`)
  return Object.values(pairs).flatMap((group = []) => {
    const [first] = group
    if (!first?.arrow) return []
    const { from, to } = first.arrow
    const isQuiet = isToHub(first, ways)
    const isBare = isQuiet || detail === 'names'
    const lines = isBare ? [] : linesOf(group.map(toldAtArrow), delays)
    return [{ from, to, isQuiet, lines, transitions: group.map(({ transition }) => transition.id) }]
  })
}

/** An arrow runs between neighbours: what starts or ends deeper inside says so. */
function toldAtArrow({ source, transition, target, arrow }: Way): Told {
  const within = (path: string, box = '') => (path === box ? undefined : path.slice(box.length + 1))
  return { transition, from: within(source.path, arrow?.from), to: within(target, arrow?.to) }
}

function delaysOf(machine: AnyStateMachine): Delays {
  const delays = Object.entries<unknown>(machine.implementations.delays ?? {})
  return new Map(delays.flatMap(([name, ms]) => (typeof ms === 'number' ? [[name, ms]] : [])))
}

function everyStateIn(state: ChartState): readonly ChartState[] {
  return state.states.flatMap((child) => [child, ...everyStateIn(child)])
}

function isWithin(path: string, ancestor: string): boolean {
  return ancestor === '' || path === ancestor || path.startsWith(`${ancestor}.`)
}

function commonAncestor(one: string, other: string): string {
  const steps = one.split('.').slice(0, -1)
  while (!isWithin(other, steps.join('.'))) steps.pop()
  return steps.join('.')
}

/** The child of `level` that `path` is, or is in. */
function stepInto(level: string, path: string): string {
  const depth = level === '' ? 1 : level.split('.').length + 1
  return path.split('.').slice(0, depth).join('.')
}
