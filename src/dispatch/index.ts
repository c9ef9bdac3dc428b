/**
 * Dispatch: from an owed effect to a request to Graph, and from its answer to an event.
 *
 * May import: graph/, engine/ (its types), clock, random, telemetry, errors, machines/.
 * Read: dispatcher (the road), lanes (order), wakes (what waits for time), pace (how fast), rules (how long and how often), evidence (doubt), told (what is told of requests).
 * Not here: what a request looks like (graph/requests), or what the call makes of its outcome (engine/).
 */
export { Dispatcher, type DispatcherOptions } from './dispatcher.ts'
