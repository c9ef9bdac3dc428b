/**
 * The simulation: a bot's whole world in one process, decided by one seed. All of it is production code
 * but the clock, the network and the disk.
 *
 * May import: what the testkit may.
 * Read: traffic and faults (what happens), play (how), quiet, signatures, systemTime, network, disk and
 * life (what is simulated),
 * judge/ (what must hold), then run, shrink and campaign; sabotage proves that the judge can see.
 * Not here: the command (cli/simulate), real processes and real disks (test/simulation).
 */
export { type CampaignOptions, type Failure, type Report, simulate } from './campaign.ts'
export { type Fault, type FaultKind, faultKinds, isFaultKind } from './faults.ts'
export type { Violation } from './judge/judge.ts'
export { type Outcome, type RunOptions, run, testOfRun } from './run.ts'
export { isSabotage, type Sabotage, type SabotageName, sabotages } from './sabotage.ts'
export {
  anyCall,
  anyFaults,
  anyLifecycle,
  anyTraffic,
  type Deed,
  type FaultDials,
  type Traffic,
  type TrafficOptions,
  trafficOf,
} from './traffic.ts'
