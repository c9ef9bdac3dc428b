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
  delta(roster: readonly RosterEntry[], deltaId: string): Resource | undefined {
    const leavers = this.#note(roster)
    const touched = roster.filter(({ id }) => this.#told.get(id)?.sequence === this.#sequence)
    const participants = [...touched.map((entry) => this.numbered(entry)), ...leavers]
    if (participants.length === 0) return undefined
    return {
      '@odata.type': '#microsoft.graph.deltaParticipants',
      id: deltaId,
      sequenceNumber: this.#sequence,
      participants,
    }
  }

  /** An entry with its sequence number, as a GET shows it too. */
  numbered(entry: RosterEntry): Resource {
    return { ...entry, rosterSequenceNumber: this.#told.get(entry.id)?.sequence ?? null }
  }

  /** Takes note of the roster and returns those who have left it. */
  #note(roster: readonly RosterEntry[]): readonly Resource[] {
    const left = new Map(this.#told)
    for (const { id } of roster) left.delete(id)
    const changed = roster
      .map((entry) => ({ entry, text: JSON.stringify(entry) }))
      .filter(({ entry, text }) => this.#told.get(entry.id)?.text !== text)
    if (changed.length + left.size > 0) this.#sequence++
    for (const { entry, text } of changed) {
      this.#told.set(entry.id, { entry, text, sequence: this.#sequence })
    }
    for (const id of left.keys()) this.#told.delete(id)
    return [...left.values()].map(({ entry }) => removed(entry, this.#sequence))
  }
}

/** Tells a bot its roster, in the form it asked for. */
export function tellRoster(call: Call): void {
  const { isDeltaRosterEnabled, isInteractiveRosterEnabled } = call.options
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
