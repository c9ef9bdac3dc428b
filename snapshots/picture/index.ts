/**
 * Pictures of charts: a chart as an SVG that stands alone, readable by day and by night.
 *
 * May import: what reads a chart (`../chart.ts`) and dagre, a layout library; a door of its own, so that
 * an engine on duty does not load one.
 * Read: `plan.ts` (which boxes and arrows) with `words.ts`; `layout.ts` (where they stand) with `rank.ts`,
 * `pack.ts` and `placed.ts`; `shapes.ts`, and what is made of them, `svg.ts` with `style.ts`, `geometry.ts`.
 * Not here: calls. A picture shows what can happen, never what did.
 */
import type { AnyStateMachine } from 'xstate'
import { layOut } from './layout.ts'
import { type Detail, planPicture } from './plan.ts'
import { writeSvg } from './svg.ts'

/**
 * A chart as SVG, or the state at `path` (dotted, from the chart's root) alone; `undefined` where the chart
 * has no such state.
 */
export function pictureChart(
  machine: AnyStateMachine,
  path: string,
  detail: Detail = 'words',
): string | undefined {
  const box = planPicture(machine, path, detail)
  return box && writeSvg(layOut(box), `The chart ${box.title}`)
}
