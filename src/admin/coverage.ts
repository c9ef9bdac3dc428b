/** How often live calls have taken each transition, and so entered each state, since the engine started. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { transitionId } from '../../snapshots/chart.ts'
import type { EngineRecord } from '../telemetry/index.ts'
import { enteredAtStart, enteredBy } from './entered.ts'
import type { Coverage } from './protocol.ts'

export class CoverageBook {
  readonly #taken = new Map<AnyTransitionDefinition, number>()
  readonly #started = new Map<string, number>()

  note(record: EngineRecord): void {
    if (record.kind !== 'turned') return
    for (const transition of record.taken) {
      this.#taken.set(transition, (this.#taken.get(transition) ?? 0) + 1)
    }
    if (record.sequence !== 1) return
    const name = nameOf(record.chart, record.version)
    this.#started.set(name, (this.#started.get(name) ?? 0) + 1)
  }

  /** What calls of a chart have visited. */
  of(machine: AnyStateMachine): Coverage {
    const calls = this.#started.get(nameOf(machine.id, machine.version ?? '')) ?? 0
    const states: Record<string, number> = {}
    const transitions: Record<string, number> = {}
    const visit = (paths: readonly string[], times: number) => {
      for (const path of paths) states[path] = (states[path] ?? 0) + times
    }
    if (calls > 0) visit(enteredAtStart(machine.root), calls)
    for (const transition of transitionsIn(machine.root)) {
      const times = this.#taken.get(transition)
      const id = times === undefined ? undefined : transitionId(transition)
      if (times === undefined || id === undefined) continue
      transitions[id] = times
      visit(enteredBy(transition), times)
    }
    return { calls, states, transitions }
  }
}

/** All transitions of a state and those within it. */
function transitionsIn(node: AnyStateNode): readonly AnyTransitionDefinition[] {
  const within = Object.values<AnyStateNode>(node.states).flatMap(transitionsIn)
  return [...[...node.transitions.values()].flat(), ...(node.always ?? []), ...within]
}

function nameOf(id: string, version: string): string {
  return `${id} ${version}`
}
