/** The method table. A new method is a new file and a line here. */
import { answer } from './answer.ts'
import { cancelMediaProcessing } from './cancelMediaProcessing.ts'
import { changeScreenSharingRole } from './changeScreenSharingRole.ts'
import { createCall } from './createCall.ts'
import { getCall } from './getCall.ts'
import { getParticipant } from './getParticipant.ts'
import { hangUp } from './hangUp.ts'
import { invite } from './invite.ts'
import { keepAlive } from './keepAlive.ts'
import { listParticipants } from './listParticipants.ts'
import type { Method } from './method.ts'
import { mute } from './mute.ts'
import { muteParticipant } from './muteParticipant.ts'
import { playPrompt } from './playPrompt.ts'
import { recordResponse } from './recordResponse.ts'
import { redirect } from './redirect.ts'
import { reject } from './reject.ts'
import { removeParticipant } from './removeParticipant.ts'
import { sendDtmfTones } from './sendDtmfTones.ts'
import { subscribeToTone } from './subscribeToTone.ts'
import { transfer } from './transfer.ts'
import { unmute } from './unmute.ts'
import { updateRecordingStatus } from './updateRecordingStatus.ts'

export const methods: readonly Method[] = [
  createCall,
  getCall,
  hangUp,
  keepAlive,
  answer,
  reject,
  redirect,
  transfer,
  mute,
  unmute,
  changeScreenSharingRole,
  playPrompt,
  recordResponse,
  subscribeToTone,
  sendDtmfTones,
  cancelMediaProcessing,
  updateRecordingStatus,
  listParticipants,
  getParticipant,
  invite,
  removeParticipant,
  muteParticipant,
]
