/** The states and deadlines that the base, Callchart's own regions, has ever had: `snapshots/bases`. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { participantChart } from '../../machines/index.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { root } from '../repository.ts'
import { dialogueChart, shapes } from './dialogue.ts'

export const basesFolder = join(root, 'snapshots', 'bases')

/** What stored calls may name of one base. */
export type BaseNames = {
  readonly states: readonly string[]
  readonly deadlines: readonly string[]
  /** States of the participant chart. */
  readonly participant: readonly string[]
  /** States within the dialogue shapes, by shape. */
  readonly dialogue: readonly string[]
}

/** What the base has now: of a chart whose scenario has nothing to say. */
export function namesOfBase(bare: AnyStateMachine): BaseNames {
  const ours = nodesIn(bare.root).filter(({ path }) => path[0] !== 'scenario')
  return {
    states: ours.filter(isAtomic).map(pathOf),
    deadlines: ours.flatMap(({ after }) => after.map(({ eventType }) => eventType)),
    participant: nodesIn(participantChart.root).filter(isAtomic).map(pathOf),
    dialogue: Object.keys(shapes).flatMap(statesOfShape),
  }
}

/** Each base there has been, by its number, with all it ever had. */
export function recordedBases(): ReadonlyMap<number, BaseNames> {
  const numbers = globSync('*.json', { cwd: basesFolder }).map((file) =>
    Number(basename(file, '.json')),
  )
  return new Map(
    numbers.toSorted((one, other) => one - other).map((base) => [base, readBase(base)]),
  )
}

/** The file of the present base with what is new in it; nothing is ever taken out. */
export function grownBase(bare: AnyStateMachine): { readonly path: string; readonly text: string } {
  const { base } = loadChart(bare)
  const [was, is] = [readBase(base), namesOfBase(bare)]
  const both = (some: readonly string[], more: readonly string[]) =>
    [...new Set([...some, ...more])].toSorted()
  const grown: BaseNames = {
    states: both(was.states, is.states),
    deadlines: both(was.deadlines, is.deadlines),
    participant: both(was.participant, is.participant),
    dialogue: both(was.dialogue, is.dialogue),
  }
  return { path: fileOf(base), text: `${JSON.stringify(grown, undefined, 2)}\n` }
}

function statesOfShape(name: string): readonly string[] {
  const shape = dialogueChart.root.states.scenario?.states[name]
  return shape
    ? nodesIn(shape)
        .filter(isAtomic)
        .map(({ path }) => path.slice(1).join('.'))
    : []
}

function readBase(base: number): BaseNames {
  const path = fileOf(base)
  const none: BaseNames = { states: [], deadlines: [], participant: [], dialogue: [] }
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : none
}

function fileOf(base: number): string {
  return join(basesFolder, `${base}.json`)
}

function nodesIn(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesIn)]
}

function isAtomic({ states }: AnyStateNode): boolean {
  return Object.keys(states).length === 0
}

function pathOf({ path }: AnyStateNode): string {
  return path.join('.')
}
