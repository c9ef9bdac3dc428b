/**
 * callchart: a stateful calling engine for Microsoft Graph (Teams) bots.
 *
 * This is the package's front door: `createBot` and the errors it can throw. Charts are written with
 * `callchart/machines`, tried against `callchart/emulator`, and proven with `callchart/testkit`.
 */

export { CodecError, openSqliteStore, type Store, StoreError } from '../snapshots/index.ts'
export { type Bot, type BotOptions, createBot } from './bot/index.ts'
export { type Clock, SimulatedClock, SystemClock, type Wake } from './clock.ts'
export { type App, type Config, type Environment, readConfig } from './config.ts'
export type {
  BotCharts,
  ChartVersions,
  Choose,
  IncomingCall,
  Placing,
} from './engine/index.ts'
export { CallchartError, ChartError, ConfigurationError, OverloadError } from './errors.ts'
export {
  createOnlineMeetings,
  downloadRecording,
  EffectError,
  type GraphClient,
  GraphRequestError,
  type JoinCoordinates,
  logTeleconferenceDeviceQuality,
  type MethodOptions,
  type MissingPermission,
  meetingFromJoinUrl,
  missingPermission,
  type OnlineMeeting,
  type OnlineMeetings,
} from './graph/index.ts'
export { type RandomBytes, secureRandom, seededRandom } from './random.ts'
export type { EngineRecord, Observer } from './telemetry/index.ts'
