/** The method table. A new method is a new file and a line here. */

import { addLargeGalleryView } from './addLargeGalleryView.ts'
import { answer } from './answer.ts'
import { cancelMediaProcessing } from './cancelMediaProcessing.ts'
import { changeScreenSharingRole } from './changeScreenSharingRole.ts'
import { configureMixer } from './configureMixer.ts'
import { createAudioRoutingGroup } from './createAudioRoutingGroup.ts'
import { createCall } from './createCall.ts'
import { createOnlineMeeting } from './createOnlineMeeting.ts'
import { createOrGetOnlineMeeting } from './createOrGetOnlineMeeting.ts'
import { deleteAudioRoutingGroup } from './deleteAudioRoutingGroup.ts'
import { deleteOnlineMeeting } from './deleteOnlineMeeting.ts'
import { findOnlineMeeting } from './findOnlineMeeting.ts'
import { findOnlineMeetingByConference } from './findOnlineMeetingByConference.ts'
import { getAudioRoutingGroup } from './getAudioRoutingGroup.ts'
import { getCall } from './getCall.ts'
import { getContentSharing } from './getContentSharing.ts'
import { getOnlineMeeting } from './getOnlineMeeting.ts'
import { getParticipant } from './getParticipant.ts'
import { getRecording } from './getRecording.ts'
import { getRecordingContent } from './getRecordingContent.ts'
import { hangUp } from './hangUp.ts'
import { invite } from './invite.ts'
import { keepAlive } from './keepAlive.ts'
import { listAudioRoutingGroups } from './listAudioRoutingGroups.ts'
import { listContentSharing } from './listContentSharing.ts'
import { listParticipants } from './listParticipants.ts'
import { listRecordings } from './listRecordings.ts'
import { logTeleconferenceDeviceQuality } from './logTeleconferenceDeviceQuality.ts'
import type { Method } from './method.ts'
import { mute } from './mute.ts'
import { muteAll } from './muteAll.ts'
import { muteParticipant } from './muteParticipant.ts'
import { playPrompt } from './playPrompt.ts'
import { record } from './record.ts'
import { recordResponse } from './recordResponse.ts'
import { redirect } from './redirect.ts'
import { reject } from './reject.ts'
import { removeParticipant } from './removeParticipant.ts'
import { sendDtmfTones } from './sendDtmfTones.ts'
import { startHoldMusic } from './startHoldMusic.ts'
import { stopHoldMusic } from './stopHoldMusic.ts'
import { subscribeToTone } from './subscribeToTone.ts'
import { transfer } from './transfer.ts'
import { unmute } from './unmute.ts'
import { updateAudioRoutingGroup } from './updateAudioRoutingGroup.ts'
import { updateMetadata } from './updateMetadata.ts'
import { updateOnlineMeeting } from './updateOnlineMeeting.ts'
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
  addLargeGalleryView,
  logTeleconferenceDeviceQuality,
  listContentSharing,
  getContentSharing,
  startHoldMusic,
  stopHoldMusic,
  createAudioRoutingGroup,
  listAudioRoutingGroups,
  getAudioRoutingGroup,
  updateAudioRoutingGroup,
  deleteAudioRoutingGroup,
  updateMetadata,
  muteAll,
  configureMixer,
  record,
  createOnlineMeeting,
  createOrGetOnlineMeeting,
  findOnlineMeeting,
  findOnlineMeetingByConference,
  getOnlineMeeting,
  updateOnlineMeeting,
  deleteOnlineMeeting,
  listRecordings,
  getRecording,
  getRecordingContent,
]
