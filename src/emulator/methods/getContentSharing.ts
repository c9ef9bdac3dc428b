import { notFound } from '../errors.ts'
import { contentSharing } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { sharedResource } from '../world/contentSharing.ts'
import { canonicalId } from '../world/identities.ts'
import { callMethod } from './method.ts'

/** Reads one thing that is shared in a call: a contentSharingSession. */
export const getContentSharing = callMethod({
  name: 'getContentSharing',
  verb: 'GET',
  path: '/calls/:callId/contentSharingSessions/:shareId',
  permissions: contentSharing,
  checked: 'always',
  body: noBody,
  run: ({ call, params }) => {
    const wanted = canonicalId(params.shareId ?? '')
    const id = [...call.conversation.shares.values()].find((each) => each === wanted)
    if (!id) throw notFound(`There is no contentSharingSession ${wanted}.`)
    return { status: 200, body: sharedResource(id) }
  },
})
