import { z } from 'zod'
import { accessMedia } from '../permissions.ts'
import { method } from './method.ts'

const guid = z.guid()
const count = z.int()

const mediaQuality = z.looseObject({
  '@odata.type': z
    .string()
    .regex(/^#?microsoft\.graph\.teleconferenceDevice(Audio|Video|ScreenSharing)Quality$/),
  channelIndex: count,
  inboundPackets: count.nullish(),
  outboundPackets: count.nullish(),
  localPort: count.nullish(),
  remotePort: count.nullish(),
  mediaDuration: z.iso.duration().nullish(),
})

/** Takes a device's account of its media quality; bound to the collection of calls. */
export const logTeleconferenceDeviceQuality = method({
  name: 'logTeleconferenceDeviceQuality',
  verb: 'POST',
  path: '/calls/logTeleconferenceDeviceQuality',
  permissions: accessMedia,
  checked: 'always',
  body: z.looseObject({
    quality: z.looseObject({
      callChainId: guid,
      participantId: guid,
      mediaLegId: guid,
      deviceName: z.string(),
      deviceDescription: z.string(),
      mediaQualityList: z.array(mediaQuality),
    }),
  }),
  run: () => ({ status: 200 }),
})
