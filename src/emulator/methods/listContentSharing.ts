import { contentSharing } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { sharedResource } from '../world/contentSharing.ts'
import { callMethod } from './method.ts'

/** Lists what is shared in a call now: its contentSharingSessions. */
export const listContentSharing = callMethod({
  name: 'listContentSharing',
  verb: 'GET',
  path: '/calls/:callId/contentSharingSessions',
  permissions: contentSharing,
  checked: 'always',
  body: noBody,
  run: ({ call }) => {
    const base = 'https://graph.microsoft.com/v1.0/$metadata#communications/calls'
    const body = {
      '@odata.context': `${base}('${call.id}')/contentSharingSessions`,
      value: [...call.conversation.shares.values()].map(sharedResource),
    }
    return { status: 200, body }
  },
})
