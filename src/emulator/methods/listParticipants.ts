import { initiateOrMedia } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { callMethod } from './method.ts'
import { requireGroup } from './rules.ts'

/** Reads the roster of a group call. */
export const listParticipants = callMethod({
  name: 'listParticipants',
  verb: 'GET',
  path: '/calls/:callId/participants',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: noBody,
  run: ({ call }) => {
    requireGroup(call)
    const base = 'https://graph.microsoft.com/v1.0/$metadata#communications/calls'
    const body = {
      '@odata.context': `${base}('${call.id}')/participants`,
      value: call.conversation.roster().map((entry) => call.feed.numbered(entry)),
    }
    return { status: 200, body }
  },
})
