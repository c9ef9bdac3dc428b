/** How often states and transitions were visited, as shades. */
import type { Coverage, GeometryArrow } from '../../../admin/protocol.ts'

/** 0 for never, then 1 to 4 by powers of ten. */
export function shade(visits: number): number {
  return visits === 0 ? 0 : Math.min(4, 1 + Math.floor(Math.log10(visits)))
}

export function visitsOfState(coverage: Coverage, path: string): number {
  return coverage.states[path] ?? 0
}

/** All transitions that an arrow stands for, together. */
export function visitsOfArrow(coverage: Coverage, { transitions }: GeometryArrow): number {
  return transitions.reduce((sum, id) => sum + (coverage.transitions[id] ?? 0), 0)
}
