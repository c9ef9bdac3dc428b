/** A call with a scenario that only listens: what it heard, where it stands and what it asked. */
import { type AnyStateNode, assign } from 'xstate'
import { type EffectName, type EffectParams, effects } from '../../../machines/effects.ts'
import type { CallEvent } from '../../../machines/events.ts'
import {
  type CallChartOptions,
  type CallContext,
  type CallInput,
  callChart,
  callSetup,
  type Participant,
  type regions,
} from '../../../machines/index.ts'
import { loadChart } from '../../../src/engine/chart.ts'
import { decodeActors, encodeActors, type Group } from '../../../src/engine/group.ts'
import { type CallChartEvent, startTurn, type Turn, takeTurn } from '../../../src/engine/turn.ts'
import { note } from '../coverage.ts'

const listening = callSetup.extend({
  types: {} as { bot: { readonly heard: readonly string[] } },
  actions: {
    listen: assign(({ context, event }) =>
      event.type.startsWith('xstate.')
        ? {}
        : { bot: { heard: [...context.bot.heard, event.type] } },
    ),
  },
})

const scenario = listening.createStateConfig({ on: { '*': { actions: 'listen' } } })

type Options = Omit<
  CallChartOptions<object, Record<never, never>, object>,
  'id' | 'version' | 'scenario' | 'bot' | 'regions'
>

/** A chart whose bot remembers the type of every event it hears. */
export function listener(options: Options = {}) {
  return listening.createMachine(
    callChart({ id: 'listener', version: '1', scenario, bot: { heard: [] }, ...options }),
  )
}

/** One call, turned as the engine turns it; read back from its own text after every turn. */
export class HeardCall {
  readonly chart
  group: Group
  last: Turn
  /** What the chart concluded from the last event it heard. */
  facts: readonly string[] = []

  constructor(input: Partial<CallInput> = {}, options: Options = {}) {
    this.chart = loadChart(listener(options))
    this.last = startTurn(this.chart, {
      type: 'call.started',
      input: { key: 'k', direction: 'incoming', ...input },
    })
    this.group = this.last.group
    note(this.last.taken)
    this.#readBack()
  }

  hear(...events: readonly (CallEvent | CallChartEvent)[]): this {
    for (const event of events) {
      const before = this.heard.length
      this.last = takeTurn(this.chart, this.group, event)
      this.group = this.last.group
      note(this.last.taken)
      const [first, ...rest] = this.heard.slice(before)
      this.facts = first === undefined || first === event.type ? rest : [first, ...rest]
      this.#readBack()
    }
    return this
  }

  get context(): CallContext<{ heard: readonly string[] }> {
    return this.group.call.context
  }

  get value(): Readonly<Record<string, unknown>> {
    return this.group.call.value as Readonly<Record<string, unknown>>
  }

  region(name: keyof typeof regions): AnyStateNode {
    const node = this.chart.machine.root.states[name]
    if (!node) throw new Error(`The chart has no region ${name}.`)
    return node
  }

  /** What the scenario heard, from the start. */
  get heard(): readonly string[] {
    return this.context.bot.heard
  }

  /** Effects the last turn asked for. */
  get asked(): readonly string[] {
    return this.last.commands.map(({ effect }) => effect)
  }

  #readBack(): void {
    const { key, sequence } = this.group
    const read = decodeActors(this.chart, key, sequence, encodeActors(this.chart, this.group))
    if (read) this.group = read
  }
}

/** The event of an effect having been asked for. */
export function asked<Name extends EffectName>(
  effect: Name,
  params: EffectParams[Name],
  id = `${effect}1`,
): CallChartEvent {
  return { type: `${effects[effect].noun}.asked`, command: { id, effect }, params }
}

/** An event telling what became of an effect. */
export function told(
  effect: EffectName,
  participle: string,
  more: object = {},
  id = `${effect}1`,
): CallChartEvent {
  return {
    type: `${effects[effect].noun}.${participle}`,
    command: { id, effect },
    answer: {},
    ...more,
  }
}

export const gone = { fault: { status: 404, code: '8522', message: 'gone', fix: '' } }

/** A roster told of the bot's own entry. */
export function rosterUpdated(
  self: Partial<Participant> | undefined,
  more: { readonly listed?: boolean; readonly gap?: boolean; readonly size?: number } = {},
): CallChartEvent {
  return {
    type: 'roster.updated',
    size: 2,
    gap: false,
    listed: false,
    ...more,
    ...(self && { self: { id: 'me', ...self } }),
  }
}

export const terminated: CallChartEvent = { type: 'callState.terminated' }

/** A timer of the listener's chart has come due. */
export function due(delay: string, state: string): CallChartEvent {
  return { type: `xstate.after.${delay}.listener.${state}` }
}
