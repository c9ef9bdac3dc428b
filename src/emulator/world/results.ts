/** The resultInfo codes this service hands out: documented where a number is, else chosen here. */

/** Graph's resultInfo: an HTTP-like code and a finer subcode. */
export type ResultInfo = {
  readonly code: number
  readonly subcode: number
  readonly message: string
}

const result = (code: number, subcode: number, message: string): ResultInfo => ({
  code,
  subcode,
  message,
})

/** Why a call can end, as the page of call: delete lists it. */
export const endings = {
  endedByParticipant: result(200, 4097, 'The other participant ended the call.'),
  endedByOther: result(200, 4521, 'The other participant ended the call.'),
  removedByOther: result(200, 5000, 'Another participant removed the bot.'),
  conversationEnded: result(200, 5001, 'The conversation has ended.'),
  othersLeft: result(200, 5002, 'All other participants have left.'),
  conversationOver: result(200, 5003, 'The conversation has ended.'),
  initiatorLeft: result(200, 5007, 'The initiator of the group call has left.'),
  onlyOneLeft: result(200, 5010, 'Only one participant remained.'),
  emptyRoster: result(200, 5012, 'The incoming roster holds no participants.'),
  nobodyJoined: result(200, 5013, 'Nobody else joined the group call.'),
  noHost: result(200, 5014, 'No host could be determined.'),
  onlyHiddenLeft: result(200, 5020, 'Only hidden participants remained.'),
  breakoutOver: result(200, 5030, 'The time of the breakout room has elapsed.'),
  removed: result(200, 5300, 'Another participant removed the bot.'),
  lobbyTimeout: result(200, 5855, 'Nobody admitted the bot from the lobby in time.'),
  endedByBot: result(200, 7000, 'The bot ended the call.'),
  transferCompleted: result(200, 7015, 'The transfer is completed.'),
  endedByBotLeg: result(200, 10550, 'The bot ended the call.'),
  otherLeft: result(200, 18503, 'The other participant has left.'),
  endedByPhone: result(200, 540000, 'The phone user ended the call.'),
  endedByPhoneNetwork: result(200, 560000, 'The phone user ended the call.'),
  notAcknowledged: result(408, 1106, 'The call was not accepted in time.'),
  keepAliveTimeout: result(408, 8537, 'No keepAlive was received in time.'),
  noSignalling: result(408, 10057, 'No endpoint of the callee responded.'),
  mediaConnectivity: result(410, 301005, 'The media connection failed.'),
  noEndpoints: result(480, 10037, 'The callee has no endpoints.'),
  unreachable: result(480, 10076, 'The callee cannot be reached.'),
  noRoute: result(480, 10134, 'The call cannot be routed.'),
  privateCallingDisabled: result(480, 10199, 'Private calling is disabled for the user.'),
  botMedia: result(500, 1005, "The connection to the bot's media failed."),
} as const

export const results = {
  ...endings,

  replaced: result(0, 7015, 'GracefulTransferCompleted'),
  transferFailed: result(500, 7000, 'The transfer failed.'),
  consultativeTransferFailed: result(500, 7700, 'The consultative transfer failed.'),
  inviteFailed: result(500, 7000, 'The invitation was not accepted.'),

  completed: result(200, 0, 'Action completed successfully.'),
  maxRecordDuration: result(200, 8515, 'Action completed, max record duration reached.'),
  cancelled: result(400, 8508, 'Action failed, the operation was cancelled.'),

  // No page publishes the next ones; the numbers are what neighbouring Microsoft services use.
  stopTone: result(200, 8514, 'Action completed, a stop tone was detected.'),
  maxSilence: result(200, 8516, 'Action completed, the speaker fell silent.'),
  initialSilence: result(400, 8510, 'Action failed, nobody spoke in time.'),
  promptInvalid: result(400, 8535, 'Action failed, the prompt is not a usable file:'),
  promptUnreachable: result(400, 8536, 'Action failed, the prompt could not be downloaded:'),
} as const

/** The same result with its reason appended to the message. */
export function because(base: ResultInfo, reason: string): ResultInfo {
  return { ...base, message: `${base.message} ${reason}` }
}
