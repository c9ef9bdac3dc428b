/**
 * Telemetry: what the engine tells of itself while it works, and where that can be looked at. Nothing here can
 * slow a turn down or change what a call does.
 *
 * May import: machines, snapshots, clock, random, errors, loopback.
 * Read: records (the closed list), observers (who is told), metrics with prometheus, traces with traceId, log,
 * inspection/ (messages for Stately's inspector, and two ways to it), outlets (who looks on when asked to).
 * Not here: the history of a call, which is its journal (snapshots/), and what people read on a terminal (cli/).
 */
export { type Observer, Observers } from './observers.ts'
export { type Inspect, type Outlets, openOutlets } from './outlets.ts'
export type { EngineRecord } from './records.ts'
