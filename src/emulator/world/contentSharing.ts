/** Who shares a screen in a conversation, and how bots that asked to know are told. */
import type { ChangeType, Notice } from '../notifications.ts'
import type { Call } from './call.ts'
import type { Conversation } from './conversation.ts'
import type { Participant } from './participants.ts'

/** A participant starts or stops sharing, as the roster shows. */
export function setSharing(
  conversation: Conversation,
  participant: Participant,
  sharing: boolean,
): void {
  share(conversation, participant, sharing)
  conversation.rosterChanged()
}

/** The same without a word about the roster, as when the participant leaves. */
export function share(
  conversation: Conversation,
  participant: Participant,
  sharing: boolean,
): void {
  if (participant.sharing === sharing) return
  participant.sharing = sharing
  const id = conversation.shares.get(participant.id) ?? conversation.newShareId()
  if (sharing) conversation.shares.set(participant.id, id)
  else conversation.shares.delete(participant.id)
  tell(conversation, sharing ? 'created' : 'deleted', id)
}

/** What is shared has changed, such as the page shown. */
export function changeShared(conversation: Conversation, participant: Participant): void {
  const id = conversation.shares.get(participant.id)
  if (id) tell(conversation, 'updated', id)
}

/** A contentSharingSession as Graph writes it. */
export function sharedResource(id: string) {
  return { '@odata.type': '#microsoft.graph.contentSharingSession', id }
}

function tell(conversation: Conversation, changeType: ChangeType, id: string): void {
  for (const call of conversation.calls) {
    const notice = noticeFor(call, changeType, id)
    if (notice && call.flowing && call.options?.isContentSharingNotificationEnabled) {
      call.post(notice)
    }
  }
}

/** The page of create call shows the collection, that of answer the entity without its fields. */
function noticeFor(call: Call, changeType: ChangeType, id: string): Notice | undefined {
  const { contentSharingShape } = call.world.switches
  const answered = call.start.direction === 'incoming'
  const entity = contentSharingShape === 'entity' || (contentSharingShape === 'page' && answered)
  const tail = '/contentsharingsessions'
  if (!entity) return { changeType, tail, what: 'contentSharing', resource: [sharedResource(id)] }
  if (changeType === 'updated') return undefined
  return { changeType, tail: `${tail}/${id}`, what: 'contentSharing', resource: undefined }
}
