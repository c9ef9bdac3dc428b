/**
 * The wire: what Graph sends us and what we send to Graph. Imports machines/, the clock, randomness,
 * errors and packages; knows no engine, store or server.
 *
 * Read in this order: notification (what came), bodies (text into JSON), parse (a body into notifications), route (a notification
 * into events), reading, people and entities (Graph's shapes, read leniently), answers; then requests (an
 * effect into a request), ask, params and shorthand (what a chart may write), permissions (what it takes),
 * joiningResponse; client, pages, reply and faults (sending, and a request's fate), token, noToken, apps (who sends); last what is no call's:
 * method, onlineMeetings, recordings, deviceQuality, joinUrl.
 *
 * Not here: whether to repeat a request (dispatch/), who may call the webhook (webhook/).
 */
export { readAnswer } from './answers.ts'
export { type AppsOptions, type RegisteredApp, registeredApp, rolesIn } from './apps.ts'
export type { CallRef, GraphRequest, RequestOptions } from './ask.ts'
export type { GraphClient, SendOptions } from './client.ts'
export { logTeleconferenceDeviceQuality } from './deviceQuality.ts'
export { EffectError } from './effectError.ts'
export { joiningResponse } from './joiningResponse.ts'
export { type JoinCoordinates, meetingFromJoinUrl } from './joinUrl.ts'
export { GraphRequestError, type MethodOptions } from './method.ts'
export { NoTokenError } from './noToken.ts'
export type { Notification, Subject } from './notification.ts'
export { createOnlineMeetings, type OnlineMeeting, type OnlineMeetings } from './onlineMeetings.ts'
export { type ParsedBody, parseNotifications, type RefusedItem } from './parse.ts'
export {
  grantors,
  isGranted,
  type MissingPermission,
  missingPermission,
  permissionFault,
  permissionsFor,
} from './permissions.ts'
export { downloadRecording } from './recordings.ts'
export type { Reply } from './reply.ts'
export { requestFor } from './requests.ts'
export type { Incoming, OperationReport } from './route.ts'
export { type Credential, createTokens, type Token, type Tokens } from './token.ts'
