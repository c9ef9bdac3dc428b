/**
 * The testkit: prove a bot on this machine, in simulated time, against the emulated Graph.
 *
 * May import: bot, emulator, engine, clock, random, errors, telemetry.
 * Read: worldOptions, emulate, world, testCall, person (what a test does); invariants/ (what must hold); script/ (a world written
 * down as code); simulation/ for traffic, faults and the judge.
 * Not here: a test runner. It works with plain vitest (or any other), without global set-up.
 */
export { SimulatedClock } from '../clock.ts'
export { anyCommands, type CallsModel, type CommandOptions, type WorldCommand } from './commands.ts'
export { type Coverage, coverage, coverageIn, type Threshold } from './covered/coverage.ts'
export type { Covered, RegionCovered, Share } from './covered/report.ts'
export type { Seen } from './covered/seen.ts'
export { emulate } from './emulate.ts'
export type { AskedEffect, HeldCall } from './held.ts'
export * from './invariants/index.ts'
export { type Path, type PathOptions, type Paths, pathsOf } from './paths.ts'
export type { Person } from './person.ts'
export type { TestNames } from './script/test.ts'
export {
  anyCall,
  anyFaults,
  anyLifecycle,
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
export { World } from './world.ts'
export type { WorldOptions } from './worldOptions.ts'
