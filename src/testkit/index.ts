/**
 * The testkit: prove a bot on this machine, in simulated time, against the emulated Graph.
 *
 * May import: bot, emulator, clock, random, errors, telemetry.
 * Read: world, testCall; simulation/ for traffic, faults and the judge.
 * Not here: a test runner. It works with plain vitest (or any other), without global set-up.
 */
export { SimulatedClock } from '../clock.ts'
export {
  anyFaults,
  anyTraffic,
  type Deed,
  type Fault,
  type FaultDials,
  type FaultKind,
  type Traffic,
  type TrafficOptions,
  trafficOf,
} from './simulation/index.ts'
export { TestCall } from './testCall.ts'
export { emulate, World, type WorldOptions } from './world.ts'
