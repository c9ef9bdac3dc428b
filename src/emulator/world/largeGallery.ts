/** The large gallery: participants that are pictures of the audience, for bots to look at. */
import type { Call } from './call.ts'
import { guidOf, identitySet } from './identities.ts'
import type { MediaDirection } from './participants.ts'

/** Puts the galleries into the roster: the one to use, and one that is not shown now. */
export function showLargeGallery(call: Call): void {
  const { conversation } = call
  addGallery(call, 'sendReceive', 1)
  addGallery(call, 'inactive', 2)
  conversation.rosterChanged()
}

function addGallery(call: Call, video: MediaDirection, page: number): void {
  const gallery = call.conversation.add(
    identitySet('application', {
      id: guidOf(`gallery:${call.conversation.id}:${page}`),
      displayName: 'Large Gallery',
      ApplicationType: 'LargeGallery-V2',
    }),
    undefined,
  )
  gallery.interactive = false
  gallery.video = video
  gallery.metadata = JSON.stringify({
    '__platform.ui.hidden': true,
    audienceView: {
      id: gallery.id,
      page,
      status: video === 'inactive' ? 'inactive' : 'active',
      type: 'largeGallery',
      aspectRatio: '16:9',
    },
  })
}
