/** The charts of a bot as a title: `front-desk version 1, reminder version 3`. */
import type { AnyStateMachine } from 'xstate'
import { type Span, span } from './line.ts'

/** The names of charts, bold, with their versions. */
export function chartNames(charts: readonly AnyStateMachine[]): readonly Span[] {
  return charts.flatMap(({ id, version }, index) => [
    span(`${index === 0 ? '' : ', '}${id}`, 'bold'),
    span(` version ${version}`),
  ])
}

/** `takes` for one chart, `take` for several. */
export function takes(charts: readonly AnyStateMachine[]): string {
  return charts.length === 1 ? 'takes' : 'take'
}
