/**
 * What a chart may not hold, found when it is loaded rather than on a call: what could not be kept
 * durable, and names that nothing answers to, which TypeScript tells but JavaScript does not.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { z } from 'zod'
import { isEffectName } from '../../machines/effects.ts'
import { isOurs, knowsEvents } from '../../machines/eventNames.ts'
import { ChartError } from '../errors.ts'
import { joinEffectParams } from '../graph/joiningResponse.ts'
import { effectParams } from '../graph/params.ts'
import { callEffectParams } from './between.ts'
import { isPromiseLogic } from './step.ts'

/** The error that refuses a chart. */
export function refusal(machine: AnyStateMachine, what: string, fix: string): ChartError {
  return new ChartError({ code: 'chart.refused', what: `Chart '${machine.id}' ${what}`, fix })
}

/** Throws `ChartError` naming the state and what to do. */
export function checkChart(machine: AnyStateMachine): void {
  const nodes = [...nodesOf(machine.root)]
  refuseTwins(machine, nodes)
  for (const node of nodes) new Check(machine, node).all()
  for (const [name, logic] of Object.entries<unknown>(machine.implementations.actors)) {
    if (isPromiseLogic(logic)) continue
    throw refusal(
      machine,
      `brings logic '${name}' that is not made by fromPromise.`,
      'Callbacks, observables and child machines cannot be resumed after a crash; write it as a promise, or as states of the chart.',
    )
  }
}

/** Of two states with one id, XState would find the last. */
function refuseTwins(machine: AnyStateMachine, nodes: readonly AnyStateNode[]): void {
  const known = new Map<string, AnyStateNode>()
  for (const node of nodes) {
    const twin = known.get(node.id)
    if (twin) {
      const places = [twin, node].map(({ path }) => `'${path.join('.')}'`).join(' and ')
      throw refusal(
        machine,
        `gives the id '${node.id}' twice, to ${places}.`,
        'Name one of them otherwise.',
      )
    }
    known.set(node.id, node)
  }
}

function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node
  for (const child of Object.values(node.states)) yield* nodesOf(child)
}

const stateMembers = new Set([
  ...['id', 'type', 'initial', 'states', 'on', 'always', 'after', 'entry', 'exit', 'invoke'],
  ...['onDone', 'history', 'target', 'tags', 'meta', 'output', 'description'],
])
const chartMembers = new Set([
  ...stateMembers,
  'version',
  'upgrade',
  'baseUpgrades',
  'context',
  'options',
  'schemas',
])
const transitionMembers = new Set(['target', 'actions', 'guard', 'reenter', 'meta', 'description'])
const invokeMembers = new Set(['src', 'id', 'systemId', 'input', 'onDone', 'onError'])

/** Effects that are no requests to Graph have none. */
const schemas: Readonly<Record<string, z.ZodType | undefined>> = {
  ...effectParams,
  ...joinEffectParams,
  ...callEffectParams,
}

/** Creators whose work reaches outside the call, which a durable chart cannot do. */
const outsideWork = ['xstate.sendTo', 'xstate.spawnChild', 'xstate.forwardTo']

/** The checks of one state. */
class Check {
  readonly #machine: AnyStateMachine
  readonly #node: AnyStateNode

  constructor(machine: AnyStateMachine, node: AnyStateNode) {
    this.#machine = machine
    this.#node = node
  }

  all(): void {
    this.#members()
    this.#initial()
    this.#events()
    this.#invocations()
    const transitions = [...this.#node.transitions.values(), this.#node.always ?? []].flat()
    const { entry, exit } = this.#node
    const actions = [...entry, ...exit, ...transitions.flatMap((transition) => transition.actions)]
    for (const action of actions) this.#action(action)
    for (const { guard } of transitions) this.#guard(guard)
    for (const { delay } of this.#node.after) this.#delay(delay)
  }

  #refuse(what: string, fix: string): never {
    throw refusal(this.#machine, `${what} in state '${this.#node.id}'.`, fix)
  }

  #members(): void {
    const { config } = this.#node
    const isRoot = this.#node === this.#machine.root
    this.#known(config, isRoot ? chartMembers : stateMembers)
    this.#after(config.after)
    const { on, after, always, onDone, invoke } = config
    const transitions = [on, after].flatMap((map) => Object.values(map ?? {}))
    const invocations = [invoke ?? []].flat()
    for (const each of invocations) this.#known(each, invokeMembers)
    const results = invocations.flatMap((each) => [each.onDone, each.onError])
    for (const each of [...transitions, always, onDone, ...results].flat()) {
      this.#known(each, transitionMembers)
    }
  }

  /** XState takes no plain target among several under `after`, and says nothing. */
  #after(after: { readonly [delay: string]: unknown } = {}): void {
    for (const [delay, transitions] of Object.entries(after)) {
      const bare =
        Array.isArray(transitions) && transitions.find((each) => typeof each === 'string')
      if (!bare) continue
      this.#refuse(
        `lists the plain target '${bare}' among several after '${delay}', which XState would drop,`,
        `Write { target: '${bare}' }.`,
      )
    }
  }

  #known(config: unknown, members: ReadonlySet<string>): void {
    if (typeof config !== 'object' || config === null) return
    const stray = Object.keys(config).find((name) => !members.has(name))
    if (stray !== undefined) {
      this.#refuse(`has '${stray}', which means nothing`, `Correct the name '${stray}'.`)
    }
  }

  #initial(): void {
    if (this.#node.type !== 'compound') return
    const { initial } = this.#node.config
    const name = typeof initial === 'object' ? initial.target : initial
    const target = String(name ?? '').replace(/^\./, '')
    if (target.startsWith('#') || firstOf(target) in this.#node.states) return
    const known = Object.keys(this.#node.states).join(', ')
    this.#refuse(
      name === undefined ? 'has no initial state' : `starts with the unknown state '${target}'`,
      `Name one of: ${known}.`,
    )
  }

  /** The first words of our events are ours, so that a misspelt one is not taken for an author's own. */
  #events(): void {
    const names = [...this.#node.transitions.keys()]
    const stray = names.find((name) => isOurs(name) && !knowsEvents(name))
    if (stray === undefined) return
    this.#refuse(
      `listens to '${stray}', which nothing sends,`,
      `Correct the name; an event of your own needs a first word other than '${firstOf(stray)}'.`,
    )
  }

  #invocations(): void {
    for (const { src, id, systemId } of this.#node.invoke) {
      if (typeof src !== 'string' || !(src in this.#machine.implementations.actors)) {
        this.#refuse(
          `invokes logic without a known name (${id})`,
          'Name it in callSetup.extend({ actors }) and invoke it by that name, so that it can be run again after a restart.',
        )
      }
      if (systemId) {
        this.#refuse('gives an invocation a systemId', 'Remove it; results come back as events.')
      }
    }
  }

  #action(action: unknown): void {
    if (typeof action === 'function') {
      this.#created(action, 'an inline action')
      return
    }
    const name = nameOf(action)
    if (isEffectName(name)) {
      this.#params(name, action)
      return
    }
    const implementation: unknown = this.#machine.implementations.actions[name]
    if (implementation === undefined) {
      this.#refuse(
        `asks for the unknown action '${name}'`,
        'Correct the name, or add it to callSetup.extend({ actions }).',
      )
    }
    this.#created(implementation, `action '${name}'`)
  }

  /** Parameters written into the chart; those a function computes are checked when they are sent. */
  #params(effect: string, action: unknown): void {
    const params = typeof action === 'object' && action && 'params' in action ? action.params : {}
    const schema = schemas[effect]
    if (typeof params === 'function' || !schema) return
    const [issue] = schema.safeParse(params ?? {}).error?.issues ?? []
    if (!issue) return
    this.#refuse(
      `asks for '${effect}' with a wrong parameter, '${issue.path.join('.') || 'params'}': ${issue.message},`,
      'Correct the parameter.',
    )
  }

  /** XState's own action creators (assign, raise …) carry a `resolve`; a plain function does not. */
  #created(action: unknown, called: string): void {
    if (typeof action !== 'function' || !('resolve' in action)) {
      this.#refuse(
        `has ${called} that is a plain function`,
        'Charts are pure: use assign, raise or enqueueActions for state, an effect to ask Graph, and an invoked fromPromise for other work.',
      )
    }
    const type = 'type' in action ? String(action.type) : ''
    if (outsideWork.includes(type)) {
      this.#refuse(
        `has ${called} of kind '${type}'`,
        'Invoke promise logic instead; other actors cannot be kept durable.',
      )
    }
    if ('delay' in action) this.#delay(action.delay)
  }

  #guard(guard: unknown): void {
    if (guard === undefined) return
    if (typeof guard === 'function') {
      const parts = 'guards' in guard && Array.isArray(guard.guards) ? guard.guards : []
      for (const part of parts) this.#guard(part)
      return
    }
    const name = nameOf(guard)
    if (name in this.#machine.implementations.guards) return
    this.#refuse(
      `asks the unknown guard '${name}'`,
      'Correct the name, or add it to callSetup.extend({ guards }).',
    )
  }

  #delay(delay: unknown): void {
    if (typeof delay !== 'string' || delay in this.#machine.implementations.delays) return
    this.#refuse(
      `waits for the unknown delay '${delay}'`,
      'Correct the name, add it to callSetup.extend({ delays }), or give milliseconds.',
    )
  }
}

function nameOf(part: unknown): string {
  if (typeof part === 'string') return part
  return typeof part === 'object' && part !== null && 'type' in part
    ? String(part.type)
    : '(unnamed)'
}

function firstOf(path: string): string {
  return path.split('.', 1).join('')
}
