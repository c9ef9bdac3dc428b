/** How often calls have gone where in their charts since the engine began: counted always, for it costs next to nothing. */
import type { AnyTransitionDefinition } from 'xstate'
import type { Chart } from './chart.ts'
import type { Turn } from './turn.ts'

export class Visits {
  readonly #taken = new Map<AnyTransitionDefinition, number>()
  readonly #started = new Map<string, number>()

  /** Counts a turn that is kept. */
  note(
    { id, version }: Pick<Chart, 'id' | 'version'>,
    { group, taken }: Pick<Turn, 'taken'> & { readonly group: Pick<Turn['group'], 'sequence'> },
  ): void {
    for (const transition of taken) {
      this.#taken.set(transition, this.taken(transition) + 1)
    }
    if (group.sequence !== 1) return
    this.#started.set(nameOf(id, version), this.started(id, version) + 1)
  }

  /** How often a transition was taken. */
  taken(transition: AnyTransitionDefinition): number {
    return this.#taken.get(transition) ?? 0
  }

  /** How many calls have begun on a chart's version. */
  started(id: string, version: string): number {
    return this.#started.get(nameOf(id, version)) ?? 0
  }
}

function nameOf(id: string, version: string): string {
  return `${id} ${version}`
}
