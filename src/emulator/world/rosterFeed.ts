/** What one bot has been told of its roster, and so what it is told next: all of it, or what changed. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { RosterEntry } from './participants.ts'

type Told = { readonly entry: RosterEntry; readonly text: string; readonly sequence: number }

export class RosterFeed {
  #sequence = 0
  readonly #told = new Map<string, Told>()

  /** The roster as it is now, each entry with the number of the update that last touched it. */
  whole(roster: readonly RosterEntry[]): readonly Resource[] {
    this.#note(roster)
    return roster.map((entry) => this.numbered(entry))
  }

  /** Creations, changes and leavers since the last update; `undefined` when there are none. */
  delta(roster: readonly RosterEntry[], id: string): Resource | undefined {
    const { changed, left } = this.#note(roster)
    const participants = [
      ...changed.map((entry) => this.numbered(entry)),
      ...left.map((entry) => removed(entry, this.#sequence)),
    ]
    if (participants.length === 0) return undefined
    const type = '#microsoft.graph.deltaParticipants'
    return { '@odata.type': type, id, sequenceNumber: this.#sequence, participants }
  }

  /** An entry with its sequence number, as a GET shows it too. */
  numbered(entry: RosterEntry): Resource {
    return { ...entry, rosterSequenceNumber: this.#told.get(entry.id)?.sequence ?? null }
  }

  /** Takes note of the roster and says what is new in it and who is gone from it. */
  #note(roster: readonly RosterEntry[]) {
    const present = new Set(roster.map(({ id }) => id))
    const left = [...this.#told.values()].filter(({ entry }) => !present.has(entry.id))
    const changed = roster.filter((entry) => this.#told.get(entry.id)?.text !== textOf(entry))
    if (changed.length + left.length > 0) this.#sequence++
    for (const { entry } of left) this.#told.delete(entry.id)
    for (const entry of changed) {
      this.#told.set(entry.id, { entry, text: textOf(entry), sequence: this.#sequence })
    }
    return { changed, left: left.map(({ entry }) => entry) }
  }
}

/** Tells a bot its roster, in the form it asked for. */
export function tellRoster(call: Call): void {
  const { isDeltaRosterEnabled, isInteractiveRosterEnabled } = call.options ?? {}
  const roster = call.conversation.roster(Boolean(isInteractiveRosterEnabled))
  const resource = isDeltaRosterEnabled
    ? call.feed.delta(roster, call.world.newId())
    : call.feed.whole(roster)
  if (!resource) return
  call.post({ changeType: 'updated', tail: '/participants', what: 'participants', resource })
}

function removed(entry: RosterEntry, sequence: number): Resource {
  const type = '#microsoft.graph.removedState'
  return {
    ...entry,
    rosterSequenceNumber: sequence,
    removedState: { '@odata.type': type, reason: 'Removed' },
  }
}

function textOf(entry: RosterEntry): string {
  return JSON.stringify(entry)
}
