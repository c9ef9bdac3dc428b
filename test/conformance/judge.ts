/** The judge of one entry: what our client makes of it, and what the emulator does with it. */
import { type Entry, fails, passes, type Verdict } from './entry.ts'
import { judgeEmulator } from './judgeEmulator.ts'
import { judgeNotification } from './judgeNotification.ts'
import { judgeRequest } from './judgeRequest.ts'
import { judgeResponse } from './judgeResponse.ts'

/** The verdict on an entry; `entries` are those of its file, where its request or response is looked up. */
export async function judge(entry: Entry, entries: readonly Entry[]): Promise<Verdict> {
  const verdict = await judgeClient(entry, entries)
  if (!verdict.passed || entry.kind !== 'request') return verdict
  const emulated = await judgeEmulator(entry, entries)
  return emulated.passed ? passes(`${verdict.reason}; ${emulated.reason}`) : emulated
}

/** The client's part of the verdict alone. */
export async function judgeClient(entry: Entry, entries: readonly Entry[]): Promise<Verdict> {
  switch (entry.kind) {
    case 'request':
      return judgeRequest(entry, entries)
    case 'response':
      return judgeResponse(entry, entries)
    case 'notification':
      return judgeNotification(entry)
    default:
      return fails(`"${entry.kind}" is no kind of entry: request, response or notification`)
  }
}
