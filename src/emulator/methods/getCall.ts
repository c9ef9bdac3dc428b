import { initiateOrMedia } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { callResource } from '../world/callResource.ts'
import { callMethod } from './method.ts'

/** Reads a call. */
export const getCall = callMethod({
  name: 'getCall',
  verb: 'GET',
  path: '/calls/:callId',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: noBody,
  run: ({ call }) => ({ status: 200, body: callResource(call) }),
})
