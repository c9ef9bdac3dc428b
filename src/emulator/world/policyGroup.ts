/** Whom one bot's call records under a policy, and what the bot is told of them. */
import type { Delivery } from '../deliveries.ts'
import type { Notice, Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { Participant } from './participants.ts'
import { results } from './results.ts'

export class PolicyGroup {
  /** How many participants one call may record. */
  capacity = 1
  readonly #call: Call
  readonly #recorded = new Set<Participant>()

  constructor(call: Call, first: Participant) {
    this.#call = call
    this.#recorded.add(first)
  }

  get full(): boolean {
    return this.#recorded.size >= this.capacity
  }

  /** Whether this call records the participant. */
  records(participant: Participant): boolean {
    return this.#recorded.has(participant)
  }

  /** Takes a place for somebody; `false` gives it back. */
  place(participant: Participant, taken: boolean): void {
    if (taken) this.#recorded.add(participant)
    else this.#recorded.delete(participant)
  }

  /** Asks the bot whether it also records this one; its answer is in the response body. */
  ask(participant: Participant, fields: Resource): Promise<Delivery> {
    const id = this.#call.world.newId()
    const type = 'participantJoiningNotification'
    return this.#tell(type, { id, call: { ...this.#reference(), ...fields } }, participant)
  }

  /** Tells the bot that somebody it records has left; the last one ends the call. */
  left(participant: Participant): void {
    if (!this.#recorded.delete(participant)) return
    const resource = {
      id: this.#call.world.newId(),
      participantId: participant.id,
      call: this.#reference(),
    }
    void this.#tell('participantLeftNotification', resource, participant)
    const over = this.#recorded.size === 0 && this.#call.world.switches.endWhenNobodyRecorded
    if (over) this.#call.end(results.othersLeft)
  }

  #reference(): Resource {
    return { '@odata.type': '#microsoft.graph.call', id: this.#call.id, state: this.#call.state }
  }

  #tell(type: string, resource: Resource, about: Participant): Promise<Delivery> {
    const notice: Notice = {
      changeType: 'updated',
      tail: this.#tail(type, about),
      what: type,
      resource: { '@odata.type': `#microsoft.graph.${type}`, ...resource },
    }
    return this.#call.post(notice)
  }

  /** No page shows where these notifications point. */
  #tail(type: string, about: Participant): string {
    const { policyUrl } = this.#call.world.switches
    if (policyUrl === 'call') return ''
    return policyUrl === 'participants' ? `/participants/${about.id}` : `/${type}`
  }
}
