import { groupCall } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { showLargeGallery } from '../world/largeGallery.ts'
import { operationSoon } from '../world/operationSoon.ts'
import { callMethod, operationReply } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

/** Adds the large gallery to a group call's roster, as participants that are views of the audience. */
export const addLargeGalleryView = callMethod({
  name: 'addLargeGalleryView',
  verb: 'POST',
  path: '/calls/:callId/addLargeGalleryView',
  permissions: groupCall,
  checked: 'always',
  body: contextOnly,
  run: (asked) => {
    const { body, call } = asked
    requireGroup(call)
    requireState(call, 'established')
    const operation = operationSoon(call, {
      type: 'addLargeGalleryViewOperation',
      clientContext: body.clientContext,
      afterwards: () => showLargeGallery(call),
    })
    return operationReply(asked, call, operation, 202)
  },
})
