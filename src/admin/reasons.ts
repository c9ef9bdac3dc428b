/** Why what was asked of Graph was not done, as the entries of a call's journal tell it; nobody is named. */
import { decodeEvent, type JournalEntry } from '../../snapshots/index.ts'
import { withoutPeople } from '../engine/discreet.ts'

/** Reasons by the id of the command they are about. */
export type Reasons = ReadonlyMap<string, string>

/** The reason of each effect that a journal tells the failure of. */
export function reasonsIn(journal: readonly JournalEntry[]): Reasons {
  const reasons = new Map<string, string>()
  for (const entry of journal) {
    const event: Failing = decodeEvent(entry.event)
    const why = event.type?.endsWith('.failed') ? reasonOf(event) : undefined
    if (event.command?.id !== undefined && why !== undefined) reasons.set(event.command.id, why)
  }
  return reasons
}

/** The reason an event gives: `7504: Not allowed.` of a request, `400/8535 …` of an operation or a call. */
export function reasonOf({ fault, resultInfo }: Failing): string | undefined {
  if (fault) return withoutPeople(`${fault.code}: ${fault.message}`)
  if (!resultInfo) return undefined
  const { code, subcode, message = '' } = resultInfo
  return withoutPeople(`${code}/${subcode} ${message}`.trim())
}

type Failing = {
  readonly type?: string
  readonly command?: { readonly id?: string }
  readonly fault?: { readonly code: string; readonly message: string }
  readonly resultInfo?: {
    readonly code: number
    readonly subcode: number
    readonly message?: string
  }
}
