/** Bodies of the shapes Graph documents, with ids and names of our own. */

export const CALL = '4d0f2c7a-91be-4c55-8a3e-6b7c1f20d9e4'
export const BARE_CALL = '4D0F2C7A91BE4C558A3E6B7C1F20D9E4'
export const OPERATION = 'b1c9a7d2-3e4f-4a5b-8c6d-7e8f90a1b2c3'
export const ANNA = '0a1b2c3d-4e5f-4061-8273-849506a7b8c9'
export const BEN = '1b2c3d4e-5f60-4172-9384-a5b6c7d8e9f0'

/** One item below `/communications/calls/{CALL}`; `tail` starts with a slash. */
export function item(changeType: string, tail: string, resourceData?: unknown) {
  const resourceUrl = `/communications/calls/${CALL}${tail}`
  return {
    '@odata.type': '#microsoft.graph.commsNotification',
    changeType,
    resourceUrl,
    ...(resourceData === undefined ? {} : { resourceData }),
  }
}

export function body(...items: readonly unknown[]) {
  return { '@odata.type': '#microsoft.graph.commsNotifications', value: items }
}

export const incoming = {
  '@odata.type': '#microsoft.graph.call',
  '@odata.id': `/communications/calls/${BARE_CALL}`,
  state: 'incoming',
  direction: 'incoming',
  source: { identity: { user: { displayName: 'Anna', id: ANNA } }, region: 'emea' },
  targets: [{ identity: { application: { displayName: 'Front desk', id: BEN } } }],
  requestedModalities: ['audio'],
}

export const participant = (id: string | null, displayName: string) => ({
  '@odata.type': '#microsoft.graph.participant',
  id,
  info: {
    '@odata.type': '#microsoft.graph.participantInfo',
    identity: { user: { displayName, id: ANNA } },
  },
  mediaStreams: [
    { mediaType: 'audio', sourceId: '1', direction: 'sendReceive', serverMuted: false },
  ],
  isMuted: false,
  isInLobby: false,
})
