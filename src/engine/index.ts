/**
 * The engine: what a chart decides, made durable.
 *
 * May import: machines/, snapshots/, graph/ (what notifications and answers mean), clock, random, errors,
 * telemetry.
 * Read: step, chart and charts (XState), group and turn (pure), call, written and settlement (one call in memory), committer
 * and mailboxes (many calls), then engine (all of it) with hear, timers, invocations and recovery; load, standing, upgrade, fit, survey and refusal (versions). `intake`
 * and `outbound` are its two doors.
 * Not here: HTTP in either direction (webhook/, dispatch/), SQL (snapshots/), what a call decides (machines/).
 */
export {
  type BotCharts,
  Charts,
  type ChartVersions,
  type Choose,
  chartsOf,
  type IncomingCall,
} from './charts.ts'
export { Engine } from './engine.ts'
export type { Placing } from './placing.ts'
export { refuseForeignCharts } from './refusal.ts'
export { type Prospect, prospectOf, survey } from './survey.ts'
export { Visits } from './visits.ts'
