/** Loading a chart: everything the engine could not keep durable is refused here, with the reason. */
import type { AnyActorLogic, AnyStateMachine } from 'xstate'
import { createActor, toPromise } from 'xstate'
import { baseAfter, baseOf } from '../../machines/call/baseUpgrades.ts'
import type { Upgrade, Upgrades } from '../../machines/upgrade.ts'
import { checkChart, refusal } from './chartChecks.ts'
import { isPromiseLogic } from './step.ts'

/** A chart that has passed the checks. */
export type Chart = {
  readonly id: string
  readonly version: string
  readonly machine: AnyStateMachine
  /** How calls of former versions go on under this one. */
  readonly upgrades: Upgrades
  /** Which base, Callchart's own regions, it is made of. */
  readonly base: number
  /** How calls of former bases come to this one, in order. */
  readonly baseUpgrades: readonly Upgrade[]
  /** Whether any state listens to events of this type; others need not be given to the chart. */
  readonly hears: (type: string) => boolean
  /** Runs the promise logic named `src`; aborted by the signal. */
  readonly invoke: (src: string, input: unknown, signal: AbortSignal) => Promise<unknown>
}

// A process that runs a chart a thousand times, as tests do, checks it and fills its index once.
const loaded = new WeakMap<AnyStateMachine, Chart>()

/** Checks a chart and makes it ready to run. Throws `ChartError` naming the state and what to do. */
export function loadChart(machine: AnyStateMachine): Chart {
  const chart = loaded.get(machine) ?? load(machine)
  loaded.set(machine, chart)
  return chart
}

function load(machine: AnyStateMachine): Chart {
  const version = machine.version
  if (!version)
    throw refusal(machine, 'has no version.', "Give callChart a version, e.g. version: '1'.")
  checkChart(machine)
  const baseUpgrades = baseUpgradesOf(machine)
  return {
    id: machine.id,
    version,
    machine,
    upgrades: upgradesOf(machine),
    base: baseOf({ base: baseAfter(baseUpgrades) }),
    baseUpgrades,
    hears: hearing(machine),
    invoke: (src, input, signal) => run(logicOf(machine, src), input, signal),
  }
}

function upgradesOf(machine: AnyStateMachine): Upgrades {
  const { config }: { config: object } = machine
  const given: unknown = 'upgrade' in config ? config.upgrade : {}
  if (isUpgrades(given)) return given
  throw refusal(
    machine,
    'has an upgrade that is not a function.',
    "Give callChart upgrade: { '1': (call) => … }, a function by each version it begins at.",
  )
}

function isUpgrades(given: unknown): given is Upgrades {
  if (typeof given !== 'object' || given === null) return false
  return Object.values(given).every((each) => typeof each === 'function')
}

/** A chart that callChart did not make has nothing of ours. */
function baseUpgradesOf(machine: AnyStateMachine): readonly Upgrade[] {
  const { config }: { config: object } = machine
  const given: unknown = 'baseUpgrades' in config ? config.baseUpgrades : []
  return Array.isArray(given) ? given.filter((each) => typeof each === 'function') : []
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
