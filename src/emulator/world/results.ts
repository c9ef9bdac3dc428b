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

export const results = {
  endedByBot: result(200, 7000, 'The bot ended the call.'),
  endedByOther: result(200, 4521, 'The other participant ended the call.'),
  conversationEnded: result(200, 5001, 'The conversation has ended.'),
  onlyOneLeft: result(200, 5010, 'Only one participant remained.'),
  removed: result(200, 5300, 'Another participant removed the bot.'),
  lobbyTimeout: result(200, 5855, 'Nobody admitted the bot from the lobby in time.'),
  endedByPhone: result(200, 540000, 'The phone user ended the call.'),
  replaced: result(0, 7015, 'GracefulTransferCompleted'),
  keepAliveTimeout: result(408, 8537, 'No keepAlive was received in time.'),
  notAcknowledged: result(408, 1106, 'The call was not accepted in time.'),
  noSignalling: result(408, 10057, 'No endpoint of the callee responded.'),
  unreachable: result(480, 10076, 'The callee cannot be reached.'),
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
