/** Telling Graph how a teleconferencing device's media fared in a call. */
import type * as npm from '@microsoft/microsoft-graph-types'
import type { GraphClient } from './client.ts'
import { jsonOf } from './json.ts'
import { askGraph, type MethodOptions } from './method.ts'

type Typed = { readonly '@odata.type'?: string; readonly [member: string]: unknown }

/** Graph's `teleconferenceDeviceMediaQuality`, told apart by `@odata.type`: audio, video, screen sharing. */
export type DeviceMediaQuality = (
  | npm.TeleconferenceDeviceAudioQuality
  | npm.TeleconferenceDeviceVideoQuality
  | npm.TeleconferenceDeviceScreenSharingQuality
) &
  Typed

/** Graph's `teleconferenceDeviceQuality`; its ids are copied from the call. */
export type DeviceQuality = Omit<npm.TeleconferenceDeviceQuality, 'mediaQualityList'> &
  Typed & { readonly mediaQualityList: readonly DeviceMediaQuality[] }

/**
 * POST /communications/calls/logTeleconferenceDeviceQuality. Throws `GraphRequestError`.
 * Needs Calls.AccessMedia.All.
 */
export async function logTeleconferenceDeviceQuality(
  client: GraphClient,
  quality: DeviceQuality,
  options: MethodOptions,
): Promise<void> {
  const body = { quality: jsonOf({ '@odata.type': QUALITY, ...quality }) }
  await askGraph(client, { method: 'POST', path: PATH, body }, options)
}

const PATH = '/communications/calls/logTeleconferenceDeviceQuality'
const QUALITY = '#microsoft.graph.teleconferenceDeviceQuality'
