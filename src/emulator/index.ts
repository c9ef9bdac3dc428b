/**
 * The Microsoft Graph calling service on this machine, for any calling bot in any language.
 *
 * It may import the clock, randomness, errors and loopback rule of this package, and knows nothing
 * of the engine: it is written from what Microsoft documents. Every choice the documents leave
 * open is in `switches.ts`, everything that can go wrong on purpose in `faults.ts`.
 *
 * Read in this order: `switches.ts`; `world/call.ts` and its neighbours (what exists);
 * `methods/` (one file for each Graph method, `methods/index.ts` the table); `deliveries.ts`
 * (how bots are told); `http/` (login, keys, Graph, control); `emulator.ts` (all of it together).
 *
 * What is documented and not here, with the reasons, is listed in docs/FIDELITY.md.
 * Not here: media. This service knows how long people speak, not what they say.
 */
export type { CallTruth, RosterTruth } from './callTruth.ts'
export type { Delivery } from './deliveries.ts'
export { EmulatedCall } from './emulatedCall.ts'
export type { EmulatorOptions, RingOptions } from './emulator.ts'
export { createEmulator, Emulator } from './emulator.ts'
export { EmulatorError } from './errors.ts'
export type {
  FaultDials,
  FaultMoment,
  Faults,
  NotificationFault,
  NotificationSight,
  RequestFault,
  RequestSight,
} from './faults.ts'
export { noFaults, seededFaults } from './faults.ts'
export { type Key, KeyRing, makeKey } from './keys.ts'
export type {
  LedgerEntry,
  LedgerListener,
  NotificationEntry,
  Outcome,
  RequestEntry,
  UserEntry,
} from './ledger.ts'
export type { Permission } from './permissions.ts'
export { callingPermissions, meetingPermissions } from './permissions.ts'
export type { Switches } from './switches.ts'
export { defaultSwitches, switchWords } from './switches.ts'
export { readWav, silentWav } from './wav.ts'
export type { App, ApplicationInstance, AppOptions } from './world/apps.ts'
export type { CallState } from './world/call.ts'
export type { Script } from './world/directory.ts'
export { guidOf, tenantOf } from './world/identities.ts'
export type { MeetingRecording } from './world/meetingRecordings.ts'
export type { Meeting, MeetingOptions } from './world/meetings.ts'
export type { PolicyCallOptions, PolicyJoining } from './world/policyRecording.ts'
export type { ResultInfo } from './world/results.ts'
export { endings } from './world/results.ts'
