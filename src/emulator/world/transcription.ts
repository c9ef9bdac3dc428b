/** Whether a conversation is transcribed; a meeting says so from the start, a P2P call once it was. */
import type { Resource } from '../notifications.ts'
import type { Conversation } from './conversation.ts'

export type Transcription = { readonly state: 'active' | 'inactive'; readonly sinceMs: number }

/** Starts or stops the transcription and tells the bots in the conversation. */
export function transcribe(conversation: Conversation, on: boolean, nowMs: number): void {
  conversation.transcription = { state: on ? 'active' : 'inactive', sinceMs: nowMs }
  const transcription = transcriptionResource(conversation)
  for (const call of conversation.calls) if (call.flowing) void call.update({ transcription })
}

/** A callTranscriptionInfo, or `null` where there is nothing to say. */
export function transcriptionResource({ transcription }: Conversation): Resource | null {
  if (!transcription) return null
  return {
    '@odata.type': '#microsoft.graph.callTranscriptionInfo',
    state: transcription.state,
    lastModifiedDateTime: new Date(transcription.sinceMs).toISOString(),
  }
}
