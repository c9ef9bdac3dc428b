/**
 * From one version of a chart to the next, and from one base to the next: our upgrades and then the author's
 * say where a stored call stands, and this sees that it can stand there. Pure: what it gives is journalled, so that replay never runs it again.
 */

import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { baseAfter, rebased } from '../../machines/call/baseUpgrades.ts'
import type { Standing, Upgrade } from '../../machines/upgrade.ts'
import type { TimerEntry } from '../../snapshots/store.ts'
import { reasonOf } from '../errors.ts'
import type { Chart } from './chart.ts'
import { flawsOf, nodesAt } from './fit.ts'
import { type Persisted, pathsIn } from './standing.ts'

/** The journal's entry of an upgrade: all of the new version that it gives, so replay begins here. */
export type UpgradeEvent = {
  readonly type: 'call.upgraded'
  /** The version the call stood on. */
  readonly from: string
  readonly snapshot: Persisted
  /** Deadlines of states that the call was not in before. */
  readonly timers: readonly { readonly id: string; readonly delayMs: number }[]
  /** Promise logic of states that the call was not in before, and what goes on under another id. */
  readonly invocations: readonly {
    readonly id: string
    readonly src: string
    readonly input: unknown
    readonly lacksPrivate?: true
  }[]
}

/** What an upgrade does to a call besides its event. */
export type Upgraded = {
  readonly event: UpgradeEvent
  readonly timersRemoved: readonly string[]
  /** Deadlines that go on under another name, due when they were. */
  readonly timersMoved: readonly TimerEntry[]
  /** Commands of promise logic that does not go on. */
  readonly uninvoked: readonly string[]
}

/** A stored call on its way from one version to another. */
export type Upgrading = {
  readonly chart: Chart
  readonly from: string
  /** The author's; absent where the call stays on its version. */
  readonly upgrade: Upgrade | undefined
  /** The chart of the version it stands on, where the bot brings it. */
  readonly former: Chart | undefined
  readonly standing: Standing
  readonly timers: readonly TimerEntry[]
  /** What the invocations under way were asked with, by command. */
  readonly inputs: ReadonlyMap<string, Input>
}

type Input = { readonly input: unknown; readonly lacksPrivate: boolean }

/** The upgrade of a call, or every reason why it cannot be. */
export function upgradeOf(upgrading: Upgrading): Upgraded | readonly string[] {
  const given = givenBy(upgrading)
  if (typeof given === 'string') return [given]
  const { chart, standing } = upgrading
  const flaws = flawsOf(chart.machine, given)
  return flaws.length > 0
    ? flaws
    : new Change(upgrading, given, pathsIn(standing.states)).upgraded()
}

/** The author's function may throw, and may forget to give what it took. */
function givenBy({ chart, upgrade, standing: stored }: Upgrading): Standing | string {
  const standing = rebased(stored, chart.baseUpgrades)
  if (!upgrade) return standing
  try {
    const given: Partial<Standing> | undefined = upgrade(structuredClone(standing))
    const lacking = (['states', 'context', 'timers', 'invocations', 'history'] as const).find(
      (part) => given?.[part] === undefined,
    )
    if (lacking) return `its upgrade gives no ${lacking}`
    return { ...standing, ...given }
  } catch (error) {
    return `its upgrade throws: ${reasonOf(error)}`
  }
}

/** One upgrade that can be. */
class Change {
  readonly #upgrading: Upgrading
  readonly #given: Standing
  readonly #formerPaths: readonly string[]
  readonly #nodes: readonly AnyStateNode[]

  constructor(upgrading: Upgrading, given: Standing, formerPaths: readonly string[]) {
    this.#upgrading = upgrading
    this.#given = given
    this.#formerPaths = formerPaths
    this.#nodes = nodesAt(upgrading.chart.machine, given.states)
  }

  upgraded(): Upgraded {
    const { timers, from } = this.#upgrading
    const kept = this.#keptTimers()
    const keptIds = new Set(kept.map(({ id }) => id))
    const running = this.#runningInvocations()
    const begun = this.#begunInvocations(running.map(({ id }) => id))
    const children = [...running, ...begun].map(({ id, src }) => [id, childOf(src)] as const)
    const wasNamed = new Set(this.#upgrading.standing.invocations.map(({ id }) => id))
    const renamed = running.filter(({ id }) => !wasNamed.has(id))
    return {
      event: {
        type: 'call.upgraded',
        from,
        snapshot: this.#snapshot(Object.fromEntries(children)),
        timers: this.#begunTimers(keptIds),
        invocations: [...renamed.map((each) => this.#again(each)), ...begun],
      },
      timersRemoved: timers.map(({ id }) => id).filter((id) => !keptIds.has(id)),
      timersMoved: kept.filter(({ id }) => !timers.some((timer) => timer.id === id)),
      uninvoked: this.#uninvoked(running.filter((each) => !renamed.includes(each))),
    }
  }

  #snapshot(children: Persisted['children']): Persisted {
    const { states, context, history } = this.#given
    const { value, status } = this.#upgrading.chart.machine.resolveState({ value: states, context })
    const historyValue = Object.fromEntries(
      Object.entries(history).map(([id, known]) => [id, known.map((each) => ({ id: each }))]),
    )
    return {
      status: status === 'done' ? 'done' : 'active',
      output: undefined,
      error: undefined,
      value,
      context: { ...context, base: baseAfter(this.#upgrading.chart.baseUpgrades), private: {} },
      children,
      historyValue,
    }
  }

  /** Deadlines of states the call stands in, and delayed raises, which belong to no state. */
  #keptTimers(): readonly TimerEntry[] {
    const { timers } = this.#upgrading
    const deadlines = new Set(
      this.#nodes.flatMap(({ after }) => after.map((each) => each.eventType)),
    )
    return this.#given.timers.flatMap(({ id, dueMs }) => {
      if (deadlines.has(id)) return [{ id, dueMs, event: JSON.stringify({ type: id }) }]
      const raised = id.startsWith('xstate.after.')
        ? undefined
        : timers.find((each) => each.id === id)
      return raised ? [{ ...raised, dueMs }] : []
    })
  }

  #begunTimers(kept: ReadonlySet<string>): UpgradeEvent['timers'] {
    return this.#nodes.flatMap((node) =>
      node.after
        .filter(({ eventType }) => !kept.has(eventType) && this.#isNew(node, eventType))
        .map(({ eventType, delay }) => ({ id: eventType, delayMs: this.#delayMs(delay) })),
    )
  }

  /** A deadline of a state that the call was in before has passed, unless the former version had none. */
  #isNew(node: AnyStateNode, eventType: string): boolean {
    const path = node.path.join('.')
    if (!this.#formerPaths.includes(path)) return true
    const { former } = this.#upgrading
    const before = former && nodeAt(former.machine, node.path)
    return before !== undefined && !before.after.some((each) => each.eventType === eventType)
  }

  #delayMs(delay: unknown): number {
    const named: unknown =
      typeof delay === 'string'
        ? this.#upgrading.chart.machine.implementations.delays[delay]
        : delay
    return Number(this.#computed(named))
  }

  /** A delay or an input, which may be a function of what the call remembers. */
  #computed(given: unknown): unknown {
    if (typeof given !== 'function') return given
    return given({ context: this.#given.context, event: { type: 'call.upgraded' } })
  }

  /** Promise logic under way in states the call stands in. */
  #runningInvocations(): Standing['invocations'] {
    const wanted = new Set(this.#nodes.flatMap(({ invoke }) => invoke.map(({ id }) => id)))
    return this.#given.invocations.filter(({ id }) => wanted.has(id))
  }

  #begunInvocations(running: readonly string[]): UpgradeEvent['invocations'] {
    const begun = this.#nodes.filter((node) => !this.#formerPaths.includes(node.path.join('.')))
    return begun.flatMap(({ invoke }) =>
      invoke
        .filter(({ id }) => !running.includes(id))
        .map(({ id, src, input }) => ({
          id,
          src: String(src),
          input: this.#computed(input),
        })),
    )
  }

  /** What runs under another id is asked again, so that its result finds the state it is for. */
  #again({
    id,
    src,
    command,
  }: Standing['invocations'][number]): UpgradeEvent['invocations'][number] {
    const { input, lacksPrivate } = this.#upgrading.inputs.get(command) ?? noInput
    return { id, src, input, ...(lacksPrivate && { lacksPrivate }) }
  }

  #uninvoked(goingOn: Standing['invocations']): readonly string[] {
    const commands = new Set(goingOn.map(({ command }) => command))
    return this.#upgrading.standing.invocations
      .map(({ command }) => command)
      .filter((command) => !commands.has(command))
  }
}

const noInput: Input = { input: undefined, lacksPrivate: false }

function childOf(src: string): object {
  return { snapshot: { status: 'active' }, src, syncSnapshot: false }
}

function nodeAt(machine: AnyStateMachine, path: readonly string[]): AnyStateNode | undefined {
  return path.reduce<AnyStateNode | undefined>((node, name) => node?.states[name], machine.root)
}
