/** Charts as Mermaid state diagrams. */
import type { AnyStateMachine } from 'xstate'
import { type Chart, type ChartState, type ChartTransition, readChart } from './chart.ts'

/** A chart as the text of a Mermaid `stateDiagram-v2`. */
export function drawChart(machine: AnyStateMachine): string {
  const chart = readChart(machine)
  return ['stateDiagram-v2', ...indented(drawState(chart.root, chart)), ''].join('\n')
}

/** A state, what is inside it, and the arrows that stay inside it. */
function drawState(state: ChartState, chart: Chart): readonly string[] {
  const label = state.path === '' ? [chart.id, chart.version ?? ''].join(' ').trim() : nameOf(state)
  const box = `state "${[label, ...remarks(state)].map(escaped).join('<br/>')}" as ${idOf(state.path, chart)}`
  if (state.states.length === 0) return [box]
  const inside = state.type === 'parallel' ? drawRegions(state, chart) : drawChildren(state, chart)
  return [`${box} {`, ...indented([...inside, ...drawArrowsWithin(state, chart)]), '}']
}

function drawRegions(state: ChartState, chart: Chart): readonly string[] {
  return state.states.flatMap((region, index) => [
    ...(index === 0 ? [] : ['--']),
    ...drawState(region, chart),
  ])
}

function drawChildren(state: ChartState, chart: Chart): readonly string[] {
  const finals = state.states.filter(({ type }) => type === 'final')
  return [
    `[*] --> ${idOf(state.initial ?? '', chart)}`,
    ...state.states.flatMap((child) => drawState(child, chart)),
    ...finals.map(({ path }) => `${idOf(path, chart)} --> [*]`),
  ]
}

function nameOf({ name, type }: ChartState): string {
  if (type === 'shallow history') return `${name} (H)`
  return type === 'deep history' ? `${name} (H*)` : name
}

/** What a state does by itself, written into its box. */
function remarks(state: ChartState): readonly string[] {
  return [
    ...state.entry.map((action) => `entry / ${action}`),
    ...state.exit.map((action) => `exit / ${action}`),
    ...state.invoke.map((invocation) => `invoke ${invocation}`),
    ...state.transitions.flatMap((transition) => remark(state, transition)),
  ]
}

/** Mermaid cannot draw an arrow from a state into itself or its inside: those are remarks, too. */
function remark(state: ChartState, transition: ChartTransition): readonly string[] {
  if (transition.targets.length === 0) return [labelOf(transition)]
  const inner = transition.targets.filter((target) => !isArrow(state, target))
  return inner.map((target) => `${labelOf(transition)} → ${target}`)
}

function isArrow(state: ChartState, target: string): boolean {
  const isSelf = state.states.length === 0 && state.path === target
  return isSelf || !(isWithin(target, state.path) || isWithin(state.path, target))
}

/** The arrows whose two ends have this state as their nearest common ancestor. */
function drawArrowsWithin(state: ChartState, chart: Chart): readonly string[] {
  return everyStateIn(state).flatMap((source) =>
    source.transitions.flatMap((transition) =>
      transition.targets
        .filter(
          (target) => isArrow(source, target) && commonAncestor(source.path, target) === state.path,
        )
        .map((target) => drawArrow(source.path, target, transition, chart)),
    ),
  )
}

function drawArrow(
  source: string,
  target: string,
  transition: ChartTransition,
  chart: Chart,
): string {
  return `${idOf(source, chart)} --> ${idOf(target, chart)}: ${escaped(labelOf(transition))}`
}

function labelOf({ when, guard, actions }: ChartTransition): string {
  const condition = guard === undefined ? '' : ` [${guard}]`
  return `${when}${condition}${actions.length === 0 ? '' : ` / ${actions.join(', ')}`}`
}

function everyStateIn(state: ChartState): readonly ChartState[] {
  return state.states.flatMap((child) => [child, ...everyStateIn(child)])
}

function isWithin(path: string, ancestor: string): boolean {
  return ancestor === '' || path === ancestor || path.startsWith(`${ancestor}.`)
}

function commonAncestor(one: string, other: string): string {
  const steps = one.split('.').slice(0, -1)
  while (!isWithin(other, steps.join('.')) || other === steps.join('.')) steps.pop()
  return steps.join('.')
}

function idOf(path: string, chart: Chart): string {
  return [chart.id, ...(path === '' ? [] : path.split('.'))].join('__').replaceAll(/\W/g, '_')
}

/** Mermaid reads these signs as its own unless they are written as codes. */
function escaped(text: string): string {
  return text.replaceAll(/["#:;<>]/g, (sign) => `#${sign.charCodeAt(0)};`)
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}
