/**
 * The testkit: prove a bot on this machine, in simulated time, against the emulated Graph.
 *
 * May import: bot, emulator, clock, random, errors, telemetry.
 * Read: world, testCall.
 * Not here: a test runner. It works with plain vitest (or any other), without global set-up.
 */
export { SimulatedClock } from '../clock.ts'
export { TestCall } from './testCall.ts'
export { emulate, World, type WorldOptions } from './world.ts'
