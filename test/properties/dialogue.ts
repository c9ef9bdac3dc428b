/** A stage for dialogue shapes: what people, Graph, time and crashes may do to a call, turn by turn. */
import fc from 'fast-check'
import type { AnyStateMachine } from 'xstate'
import { type EffectName, effects, isEffectName } from '../../machines/effects.ts'
import { type Chart, loadChart } from '../../src/engine/chart.ts'
import { encodeActors } from '../../src/engine/group.ts'
import { begin, type Played, play, readBack, type Told } from './play.ts'

/** One thing that happens on the stage; numbers choose among what is there to be chosen, the latest first. */
export type Deed =
  | { readonly kind: 'press'; readonly key: string; readonly sequenceId: number }
  | { readonly kind: 'settle'; readonly which: number; readonly how: string }
  | { readonly kind: 'join'; readonly who: number }
  | { readonly kind: 'leave'; readonly who: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'restart' | 'leaveShape' | 'end' }

const participles = ['started', 'completed', 'completed', 'failed', 'cancelled', 'inDoubt']
const keys = ['tone1', 'tone2', 'tone3', 'tone9', 'star', 'pound', 'flash']

/** Tones twice and out of order, outcomes early, late, twice or never, people who come and go, crashes. */
export const anyDeeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('press' as const),
        key: fc.constantFrom(...keys),
        sequenceId: fc.nat({ max: 40 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('settle' as const),
        which: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 20 })),
        how: fc.constantFrom(...participles),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.oneof(
        fc.record({ kind: fc.constant('join' as const), who: fc.nat({ max: 20 }) }),
        fc.record({ kind: fc.constant('leave' as const), who: fc.nat({ max: 20 }) }),
      ),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat({ max: 20_000 }) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom({ kind: 'leaveShape' as const }, { kind: 'end' as const }),
    },
  ),
  { maxLength: 40, size: 'max' },
)

type Open = {
  readonly id: string
  readonly effect: EffectName
  readonly params: unknown
  settled: boolean
  /** Called off, by a request asked for later. */
  stopped: boolean
}

/** Whom the stage lets join: the caller, and those whom shapes invite. */
export const people = ['bob@fabrikam.com', 'ann@contoso.com', 'ben@contoso.com', 'kim@contoso.com']

export class Stage {
  readonly #chart: Chart
  readonly #timers = new Map<string, { readonly dueMs: number; readonly event: Told }>()
  readonly asked: Open[] = []
  readonly present = new Set<string>(people.slice(0, 1))
  #played: Played
  #nowMs = 0

  constructor(machine: AnyStateMachine) {
    this.#chart = loadChart(machine)
    this.#played = begin(this.#chart, {
      key: 'k',
      direction: 'incoming',
      call: {
        id: 'g',
        myParticipantId: 'me',
        source: { identity: { user: { id: 'bob@fabrikam.com' } } },
      },
    })
    this.#note(0)
    this.#hear({ type: 'callState.established' })
  }

  /** Where the scenario stands: the name of a state beside the shape, or all that is within it. */
  get state(): unknown {
    return this.#played.group.call.value.scenario
  }

  get context() {
    return this.#played.group.call.context
  }

  /** The call as it is written. */
  get text(): string {
    return JSON.stringify(encodeActors(this.#chart, this.#played.group))
  }

  perform(deed: Deed): void {
    if (deed.kind === 'settle') this.#settle(deed.which, deed.how)
    else if (deed.kind === 'join' || deed.kind === 'leave') this.#move(deed.kind, deed.who)
    else if (deed.kind === 'pass') this.#pass(this.#nowMs + deed.ms)
    else {
      if (deed.kind === 'restart') {
        this.#played = { ...this.#played, group: readBack(this.#chart, this.#played.group) }
      }
      this.#hear(toldBy(deed))
    }
  }

  /** Nobody does anything any more: only time passes, until nothing of the scenario is due. */
  rest(): void {
    for (let turns = 0; turns < 1_000; turns++) {
      const due = [...this.#timers].filter(([id]) => !isOfGraph(id)).map(([, { dueMs }]) => dueMs)
      if (due.length === 0) return
      this.#pass(Math.min(...due))
    }
    throw new Error('The scenario never comes to rest.')
  }

  #settle(which: number, how: string): void {
    const open = this.asked.at(-1 - (which % Math.max(1, this.asked.length)))
    if (!open) return
    open.settled ||= ['completed', 'failed', 'cancelled'].includes(how)
    const command = { id: open.id, effect: open.effect }
    const participants = [...this.present].map(participant)
    this.#hear({
      type: `${effects[open.effect].noun}.${how}`,
      ...{ command, answer: open.effect === 'listParticipants' ? { participants } : {} },
    })
  }

  #move(how: 'join' | 'leave', whom: number): void {
    const who = people[whom % people.length] ?? ''
    if (how === 'join') this.present.add(who)
    else this.present.delete(who)
    // Who has come no longer rings.
    for (const open of this.asked) open.settled ||= how === 'join' && isInvitationOf(who, open)
    const type = how === 'join' ? 'participant.joined' : 'participant.left'
    this.#hear({ type, ...{ participant: participant(who) } })
  }

  #pass(toMs: number): void {
    for (;;) {
      const [next] = [...this.#timers].sort(([, one], [, other]) => one.dueMs - other.dueMs)
      if (!next || next[1].dueMs > toMs) break
      const [id, { dueMs, event }] = next
      this.#timers.delete(id)
      this.#nowMs = dueMs
      this.#hear(event)
    }
    this.#nowMs = toMs
  }

  #hear(event: Told): void {
    const before = this.#played.turns.length
    this.#played = play(this.#chart, this.#played, [event])
    this.#note(before)
  }

  #note(from: number): void {
    for (const turn of this.#played.turns.slice(from)) {
      for (const id of turn.timersCancelled) this.#timers.delete(id)
      for (const { id, delayMs, event } of turn.timers) {
        this.#timers.set(id, { dueMs: this.#nowMs + delayMs, event })
      }
      for (const { id, effect, params } of turn.commands) {
        if (!isEffectName(effect)) continue
        this.#callOff(effect, params)
        this.asked.push({ id, effect, params, settled: false, stopped: false })
      }
    }
  }

  #callOff(effect: EffectName, params: unknown): void {
    for (const open of this.asked) {
      const isMedia = open.effect === 'playPrompt' || open.effect === 'recordResponse'
      if (effect === 'cancelMediaProcessing' && isMedia) open.stopped = true
      if (effect === 'removeParticipant' && open.effect === 'invite') {
        const { participantId } = params as { participantId: string }
        if (isInvitationOf(participantId, open)) open.stopped = true
      }
    }
  }
}

function toldBy(deed: Extract<Deed, { kind: 'press' | 'restart' | 'leaveShape' | 'end' }>): Told {
  switch (deed.kind) {
    case 'press':
      return {
        type: 'tone.reported',
        toneInfo: { tone: deed.key, sequenceId: deed.sequenceId },
      }
    case 'restart':
      return { type: 'engine.resumed' }
    case 'leaveShape':
      return { type: 'agent.freed' }
    case 'end':
      return { type: 'callState.terminated' }
  }
}

function isInvitationOf(who: string, { effect, params }: Pick<Open, 'effect' | 'params'>): boolean {
  return effect === 'invite' && (params as { participants: string }).participants === who
}

function participant(who: string) {
  return { id: `id of ${who}`, info: { identity: { user: { id: who } } } }
}

/** Timers of the call's own regions, which go on as long as the call. */
function isOfGraph(id: string): boolean {
  return /\.desk\.(?!scenario)/.test(id)
}
