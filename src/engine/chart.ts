/** Loading a chart: everything the engine could not keep durable is refused here, with the reason. */
import type { AnyActorLogic, AnyStateMachine, AnyStateNode } from 'xstate'
import { createActor, toPromise } from 'xstate'
import { isEffectName } from '../../machines/effects.ts'
import { ChartError } from '../errors.ts'
import { isPromiseLogic } from './step.ts'

/** A chart that has passed the checks. */
export type Chart = {
  readonly id: string
  readonly version: string
  readonly machine: AnyStateMachine
  /** Whether any state listens to events of this type; others need not be given to the chart. */
  readonly hears: (type: string) => boolean
  /** Runs the promise logic named `src`; aborted by the signal. */
  readonly invoke: (src: string, input: unknown, signal: AbortSignal) => Promise<unknown>
}

/** Checks a chart and makes it ready to run. Throws `ChartError` naming the state and what to do. */
export function loadChart(machine: AnyStateMachine): Chart {
  const version = machine.version
  if (!version)
    throw refusal(machine, 'has no version.', "Give callChart a version, e.g. version: '1'.")
  for (const node of nodesOf(machine.root)) checkNode(machine, node)
  checkActors(machine)
  return {
    id: machine.id,
    version,
    machine,
    hears: hearing(machine),
    invoke: (src, input, signal) => run(logicOf(machine, src), input, signal),
  }
}

function refusal(machine: AnyStateMachine, what: string, fix: string): ChartError {
  return new ChartError({ code: 'chart.refused', what: `Chart '${machine.id}' ${what}`, fix })
}

function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node
  for (const child of Object.values(node.states)) yield* nodesOf(child)
}

function checkNode(machine: AnyStateMachine, node: AnyStateNode): void {
  const transitions = [...node.transitions.values()].flat().concat(node.always ?? [])
  const actions = [
    ...node.entry,
    ...node.exit,
    ...transitions.flatMap((transition) => transition.actions),
  ]
  for (const action of actions) checkAction(machine, node, action)
  for (const transition of transitions) checkGuard(machine, node, transition.guard)
  for (const { src, id, systemId } of node.invoke) {
    if (typeof src !== 'string' || !(src in machine.implementations.actors)) {
      throw refusal(
        machine,
        `invokes logic without a name in state '${node.id}' (${id}).`,
        'Name it in callSetup.extend({ actors }) and invoke it by that name, so that it can be run again after a restart.',
      )
    }
    if (systemId) {
      throw refusal(
        machine,
        `gives an invocation a systemId in state '${node.id}'.`,
        'Remove it; results come back as events.',
      )
    }
  }
}

/** XState's own action creators (assign, raise …) carry a `resolve`; a plain function does not. */
function isCreated(action: unknown): boolean {
  return typeof action === 'function' && 'resolve' in action
}

/** Creators whose work reaches outside the call, which a durable chart cannot do. */
const outsideWork = ['xstate.sendTo', 'xstate.spawnChild', 'xstate.forwardTo']

function checkAction(machine: AnyStateMachine, node: AnyStateNode, action: unknown): void {
  if (typeof action === 'function') {
    checkCreated(machine, node, action, 'an inline action')
    return
  }
  const name = nameOf(action)
  if (isEffectName(name)) return
  const implementation: unknown = machine.implementations.actions[name]
  if (implementation === undefined) {
    throw refusal(
      machine,
      `asks for the unknown action '${name}' in state '${node.id}'.`,
      `Correct the name, or add it to callSetup.extend({ actions }).`,
    )
  }
  checkCreated(machine, node, implementation, `action '${name}'`)
}

function checkCreated(
  machine: AnyStateMachine,
  node: AnyStateNode,
  action: unknown,
  called: string,
): void {
  if (!isCreated(action)) {
    throw refusal(
      machine,
      `has ${called} in state '${node.id}' that is a plain function.`,
      'Charts are pure: use assign, raise or enqueueActions for state, an effect to ask Graph, and an invoked fromPromise for other work.',
    )
  }
  const type = typeof action === 'function' && 'type' in action ? action.type : undefined
  if (outsideWork.some((refused) => refused === type)) {
    throw refusal(
      machine,
      `has ${called} in state '${node.id}' of kind '${String(type)}'.`,
      'Invoke promise logic instead; other actors cannot be kept durable.',
    )
  }
}

function nameOf(part: unknown): string {
  if (typeof part === 'string') return part
  return typeof part === 'object' && part !== null && 'type' in part
    ? String(part.type)
    : '(unnamed)'
}

function checkGuard(machine: AnyStateMachine, node: AnyStateNode, guard: unknown): void {
  if (guard === undefined || typeof guard === 'function') return
  const name = nameOf(guard)
  if (!(name in machine.implementations.guards)) {
    throw refusal(
      machine,
      `asks the unknown guard '${name}' in state '${node.id}'.`,
      'Correct the name, or add it to callSetup.extend({ guards }).',
    )
  }
}

function checkActors(machine: AnyStateMachine): void {
  for (const [name, logic] of Object.entries<unknown>(machine.implementations.actors)) {
    if (!isPromiseLogic(logic)) {
      throw refusal(
        machine,
        `brings logic '${name}' that is not made by fromPromise.`,
        'Callbacks, observables and child machines cannot be resumed after a crash; write it as a promise, or as states of the chart.',
      )
    }
  }
}

function logicOf(machine: AnyStateMachine, src: string): AnyActorLogic {
  const named: unknown = machine.implementations.actors[src]
  const logic = isPromiseLogic(named) ? named : undefined
  if (!logic)
    throw refusal(
      machine,
      `no longer brings the logic '${src}' that a stored call waits for.`,
      'Add it again, or upgrade the call.',
    )
  return logic
}

function run(logic: AnyActorLogic, input: unknown, signal: AbortSignal): Promise<unknown> {
  const actor = createActor(logic, { input })
  const result = toPromise(actor)
  signal.addEventListener('abort', () => actor.stop(), { once: true })
  actor.start()
  return result
}

function hearing(machine: AnyStateMachine): (type: string) => boolean {
  const exact = new Set<string>()
  const families: string[] = []
  for (const descriptor of machine.events) {
    if (descriptor === '*') return () => true
    if (descriptor.endsWith('.*')) families.push(descriptor.slice(0, -1))
    else exact.add(descriptor)
  }
  return (type) =>
    exact.has(type) ||
    type.startsWith('xstate.') ||
    families.some((family) => type.startsWith(family))
}
