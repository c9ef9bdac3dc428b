/** The call that is looked at: its whole timeline, and how it stands, kept up to date. */
import { signal } from '@preact/signals'
import type { CallDetail, CallUpdate, LadderEntry, Told } from '../../../admin/protocol.ts'
import { ask, Refused, UNREACHABLE } from '../api.ts'
import { openStream } from '../stream.ts'
import { play, playFrom } from './playing.ts'

const READ_AGAIN_MS = 1_000

export type OpenCall = Omit<CallDetail, 'hasEarlier'> & {
  /** Entries were left out before the first. */
  readonly hasEarlier: boolean
}

export const open = signal<OpenCall | undefined>(undefined)
export const problem = signal<Told | undefined>(undefined)

/** Looks at a call until what is given back is called. */
export function openCall(key: string): () => void {
  const path = `calls/${encodeURIComponent(key)}`
  let isOpen = true
  let closeStream: (() => void) | undefined
  let wake: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    try {
      const detail = await ask<CallDetail>(path)
      if (!isOpen) return
      open.value = detail
      playFrom(detail.now.states)
      problem.value = undefined
      follow()
    } catch (found) {
      if (!isOpen || !(found instanceof Refused)) return
      problem.value = found
      if (found.code === UNREACHABLE) wake = setTimeout(() => void read(), READ_AGAIN_MS)
    }
  }

  function follow(): void {
    closeStream ??= openStream(() => `${path}/stream?after=${lastSequence()}`, {
      entries: (body) => {
        const update: CallUpdate = JSON.parse(body)
        if (update.dropped > 0) void read()
        else take(update)
      },
    })
  }

  open.value = undefined
  problem.value = undefined
  void read()
  return () => {
    isOpen = false
    clearTimeout(wake)
    closeStream?.()
  }
}

/** Reads what came before the first entry shown. */
export async function readEarlier(): Promise<void> {
  const shown = open.value
  const [first] = shown?.timeline ?? []
  if (!shown || !first) return
  const key = encodeURIComponent(shown.row.key)
  const earlier = await ask<CallDetail>(`calls/${key}?before=${first.sequence}`)
  const timeline = [...earlier.timeline, ...shown.timeline]
  open.value = { ...shown, timeline, hasEarlier: earlier.hasEarlier }
}

/** The journal's last entry that is known. */
export function lastSequence(): number {
  return open.value?.timeline.at(-1)?.sequence ?? 0
}

function take({ row, now, entries }: CallUpdate): void {
  const shown = open.value
  if (!shown) return
  const known = new Set(shown.timeline.map(({ id }) => id))
  open.value = { ...shown, row, now, timeline: merged(shown.timeline, entries) }
  play(
    entries.filter(({ id }) => !known.has(id)),
    now.states,
  )
}

/** An entry that is told again has changed: an effect's status has. */
function merged(
  before: readonly LadderEntry[],
  told: readonly LadderEntry[],
): readonly LadderEntry[] {
  const latest = new Map(told.map((entry) => [entry.id, entry]))
  const kept = before.map((entry) => latest.get(entry.id) ?? entry)
  const known = new Set(before.map(({ id }) => id))
  return [...kept, ...told.filter(({ id }) => !known.has(id))]
}
