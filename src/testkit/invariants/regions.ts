/** The author's part of a chart: the scenario and further regions of their own. */
import type { AnyMachineSnapshot, AnyStateNode } from 'xstate'
import { regions } from '../../../machines/call/callChart.ts'

/** Whether every call has this region, whoever wrote its chart. */
export function isOurs(region: string): boolean {
  return Object.hasOwn(regions, region)
}

/** The path of a state within its chart: `scenario.choosing`. */
export function pathOf(node: AnyStateNode): string {
  return node.path.join('.')
}

/** The states of the author's regions that are active, innermost only. */
export function ownLeaves(snapshot: AnyMachineSnapshot): readonly AnyStateNode[] {
  return snapshot._nodes.filter(
    (node) => node.path.length > 0 && !isOurs(node.path[0] ?? '') && isLeaf(node),
  )
}

/** A state and those it is in, up to its region. */
export function lineOf(node: AnyStateNode): readonly AnyStateNode[] {
  return node.parent && node.path.length > 0 ? [node, ...lineOf(node.parent)] : []
}

function isLeaf(node: AnyStateNode): boolean {
  return Object.keys(node.states).length === 0
}
