/** What several parties are in together: two for a P2P call, more in a group call or meeting. */
import type { AudioRoutingGroup } from './audioRouting.ts'
import type { Call } from './call.ts'
import { share } from './contentSharing.ts'
import type { Person } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { identityIn } from './identities.ts'
import type { Participant, RosterEntry } from './participants.ts'
import { participantResource } from './participants.ts'
import { results } from './results.ts'
import { tellRoster } from './rosterFeed.ts'
import type { Transcription } from './transcription.ts'
import type { World } from './world.ts'

/** `group` is an ad-hoc or escalated call, `meeting` one with coordinates of its own. */
export type ConversationKind = 'peerToPeer' | 'group' | 'meeting'

export class Conversation {
  kind: ConversationKind
  readonly id: string
  readonly participants = new Map<string, Participant>()
  /** The bots' calls in it. */
  readonly calls = new Set<Call>()
  /** The id of what each sharing participant shares. */
  readonly shares = new Map<string, string>()
  readonly routingGroups = new Map<string, AudioRoutingGroup>()
  transcription: Transcription | undefined
  readonly #world: World
  #sources = 0

  constructor(world: World, kind: ConversationKind) {
    this.#world = world
    this.kind = kind
    this.id = world.newId()
    if (kind === 'meeting') {
      this.transcription = { state: 'inactive', sinceMs: world.clock.now() }
    }
  }

  get multiparty(): boolean {
    return this.kind !== 'peerToPeer'
  }

  newShareId(): string {
    return this.#world.newId()
  }

  /** Adds somebody, without telling anyone yet. */
  add(identity: IdentitySet, person: Person | undefined): Participant {
    const participant: Participant = {
      id: this.#world.newId(),
      identity,
      person,
      sourceId: String(++this.#sources),
      muted: false,
      serverMuted: false,
      inLobby: false,
      sharing: false,
      onHold: false,
      hidden: false,
      interactive: true,
      video: undefined,
      metadata: undefined,
      recordingStatus: 'notRecording',
    }
    this.participants.set(participant.id, participant)
    return participant
  }

  /** Adds a person and tells every bot that follows the roster. */
  join(person: Person, interactive = true): Participant {
    const participant = this.add(this.#world.directory.identity(person), person)
    participant.interactive = interactive
    this.rosterChanged()
    return participant
  }

  /** Takes somebody out and tells those who stay. */
  leave(participant: Participant): void {
    if (!this.participants.has(participant.id)) return
    if (this.multiparty) share(this, participant, false)
    this.participants.delete(participant.id)
    if (this.kind === 'peerToPeer') this.#end(participant)
    else this.#shrink(participant)
  }

  /** The participant that is this person, if present. */
  find(person: Person): Participant | undefined {
    return [...this.participants.values()].find((each) => each.person?.id === person.id)
  }

  /** Whether the identity is in it already. */
  holds(identity: IdentitySet): boolean {
    const wanted = this.#world.directory.find(identity)?.id ?? identityIn(identity)?.[1].id
    return [...this.participants.values()].some(
      (each) => identityIn(each.identity)?.[1].id === wanted,
    )
  }

  /** The P2P call becomes a group call; bots that wished it are hidden from now on. */
  escalate(): void {
    this.kind = 'group'
    for (const { options, self } of this.calls) {
      self.hidden ||= Boolean(options?.hideBotAfterEscalation)
    }
  }

  rosterChanged(): void {
    for (const call of this.calls) if (call.followsRoster) tellRoster(call)
  }

  /** Everyone who is not hidden, or only those who take part themselves. */
  roster(interactiveOnly = false): readonly RosterEntry[] {
    return [...this.participants.values()]
      .filter((each) => !each.hidden && (each.interactive || !interactiveOnly))
      .map((each) => participantResource(each, this.#world.switches))
  }

  #shrink(leaver: Participant): void {
    for (const call of [...this.calls]) call.policy?.left(leaver)
    this.rosterChanged()
    const { endWhenAlone } = this.#world.switches
    if (!endWhenAlone || this.kind !== 'group' || this.participants.size > 1) return
    for (const call of [...this.calls]) call.end(results.onlyOneLeft)
  }

  #end(leaver: Participant): void {
    const result = leaver.person?.kind === 'phone' ? results.endedByPhone : results.endedByOther
    for (const call of [...this.calls]) call.endByFarEnd(result)
  }
}
