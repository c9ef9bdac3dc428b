/** A call as a script: what people did, one after the other, and where the scenario then stood. */
import { effects, isEffectName } from '../../../machines/effects.ts'
import { partyOf } from '../../../machines/party.ts'
import type { OutboxEntry } from '../../../snapshots/index.ts'
import { calling, numberCode } from '../../code.ts'
import { statesOf } from '../../engine/group.ts'
import { statesIn } from '../liveCall.ts'
import type { Retraced } from '../retrace.ts'
import { beginning } from './beginning.ts'
import { isInMeeting } from './begun.ts'
import { addressIn, type Cast } from './cast.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Deed, deedsBetween, type Somebody } from './people.ts'
import { joinerIn, leaverIn } from './recorded.ts'
import { type Results, resultsOf } from './results.ts'

export type Script = {
  readonly lines: readonly string[]
  /** What the test does not do again, in words. */
  readonly leftOut: readonly string[]
  readonly results: Results
  /** Whether the last that is asked may come before or after Graph has ended the call. */
  readonly isRace: boolean
  /** Whether what is done in it makes Graph call the bot a second time. */
  readonly callsAnew: boolean
}

/** People act so much sooner than they did, and time shorter than that is not told. */
const MARGIN_MS = 500

const ESTABLISHED = 'callState.established'

/** What nobody has to do: the world does it by itself. */
const quiet =
  /^(call\.started|call\.updated|callState\.|mediaState\.|roster\.changed|xstate\.|engine\.)/

export function scriptOf(
  steps: readonly Retraced[],
  outbox: readonly OutboxEntry[],
  cast: Cast,
): Script {
  return new Writing(steps, factsOf(steps, outbox), cast).script()
}

class Writing {
  readonly #steps: readonly Retraced[]
  readonly #facts: Facts
  readonly #cast: Cast
  readonly #lines: string[] = []
  readonly #leftOut = new Set<string>()
  /** People who come because they rang, were called or were invited. */
  readonly #expected = new Set<string>()
  #stoodIn = ''
  #fromMs = 0
  #isOver = false
  #isRace = false

  constructor(steps: readonly Retraced[], facts: Facts, cast: Cast) {
    this.#steps = steps
    this.#facts = facts
    this.#cast = cast
  }

  script(): Script {
    this.#begin()
    for (const [index, step] of this.#steps.entries()) {
      if (index > 0) this.#step(step, index)
    }
    this.#stand(this.#steps.length - 1)
    const { invitedBot } = this.#facts.recorded
    return {
      lines: this.#lines,
      leftOut: [...this.#leftOut],
      results: resultsOf(this.#steps, this.#cast),
      isRace: this.#isRace,
      callsAnew: invitedBot,
    }
  }

  #begin(): void {
    const [first] = this.#steps
    if (!first) return
    const { lines, expected } = beginning(first, this.#facts, this.#cast)
    for (const address of expected) this.#expected.add(address)
    this.#lines.push(...lines)
    this.#fromMs = first.entry.atMs
    this.#stoodIn = ''
  }

  #step(step: Retraced, index: number): void {
    const { heard } = step
    const { type } = heard
    if (type === 'roster.changed') this.#people(index)
    else if (type === 'tone.reported') this.#press(heard, index)
    else if (type === 'prompt.completed') this.#do(index, 'await call.finishPrompt()')
    else if (type.startsWith('recording.')) this.#recording(heard, index)
    else if (type === 'engine.resumed') this.#do(index, 'await world.restart()')
    else if (type.startsWith('xstate.after.')) this.#wait(index)
    else if (type === 'callState.hold') this.#do(index, 'await call.hold()')
    else if (/^callState\.terminat/.test(type)) this.#end(heard, index)
    else if (type === ESTABLISHED) this.#letIn(index)
    else if (type === 'participant.joining') this.#policy('policyJoin', joinerIn(heard), index)
    else if (type === 'recordedParticipant.left')
      this.#policy('policyLeave', leaverIn(heard), index)
    else if ('fault' in heard) this.#leave(`the failure of a request (${type})`)
    else if (!quiet.test(type) && !isOutcome(type)) this.#leave(type)
  }

  #people(index: number): void {
    const [before, after] = [this.#group(index - 1), this.#group(index)]
    if (!after) return
    for (const deed of deedsBetween(before, after)) this.#person(deed, index)
  }

  #person({ who: { id, info }, what }: Deed, index: number): void {
    const { recorded, isRemoved } = this.#facts
    const address = this.#cast.of(info)
    if (what === 'join' && (recorded.joiners.has(id) || this.#isThere(id))) return
    if (what === 'leave' && recorded.leavers.has(id)) return
    if (what === 'join' && this.#isExpected(info, address)) return
    if (what === 'leave' && (isRemoved(info) || this.#isEnding(index))) return
    const given =
      what === 'unshare' ? [false, address] : what === 'share' ? [true, address] : [address]
    this.#do(index, `await ${calling(`call.${what === 'unshare' ? 'share' : what}`, ...given)}`)
  }

  /** Whether somebody was in the meeting before the bot. */
  #isThere(id: string): boolean {
    return this.#isMeeting && this.#facts.present.some((each) => each.id === id)
  }

  get #isMeeting(): boolean {
    return isInMeeting(this.#steps[0])
  }

  /** Somebody lets the bot in from the lobby. */
  #letIn(index: number): void {
    const isFirst = !this.#steps.slice(0, index).some(({ event }) => event.type === ESTABLISHED)
    if (isFirst && this.#isMeeting && this.#facts.waitedInLobby) {
      this.#do(index, 'await call.admit()')
    }
  }

  #policy(deed: 'policyJoin' | 'policyLeave', participantId: string, index: number): void {
    const info = this.#facts.infoOf(participantId)
    const address = info ? this.#cast.of(info) : this.#cast.named(participantId)
    this.#do(index, `await ${calling(`call.${deed}`, address)}`)
  }

  #isExpected(who: Somebody['info'], address: string): boolean {
    const { id, kind, identity } = partyOf(who)
    const names = [address, id, addressIn(identity[kind])].map((name) => name?.toLowerCase() ?? '')
    return names.some((name) => this.#expected.has(name) || this.#facts.invited.has(name))
  }

  #press(heard: object, index: number): void {
    const { toneInfo }: { readonly toneInfo?: { readonly tone?: string } } = heard
    const key = toneInfo?.tone === undefined ? undefined : keys.get(toneInfo.tone)
    if (key === undefined) this.#leave('a key that is not known')
    else this.#do(index, `await ${calling('call.press', key)}`)
  }

  /** Somebody spoke, or nobody did; the recording then ends by itself. */
  #recording(heard: object & { readonly type: string }, index: number): void {
    if (heard.type !== 'recording.completed' && heard.type !== 'recording.failed') return
    const reason = reasonOf(heard)
    if (this.#facts.hasPrompt(heard)) this.#do(index, 'await call.finishPrompt()')
    if (heard.type === 'recording.completed') this.#do(index, 'await call.say(2_000)')
    if (reason === 'stopToneDetected') this.#do(index, `await call.press('#')`)
    this.#wait(index)
  }

  /** The end of a call, where no one else's deed explains it. */
  #end(heard: object, index: number): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.#facts.isEndedByBot(index) || this.#facts.isTransferred(heard)) return
    if (!this.#facts.wasEstablished) {
      if (this.#facts.waitedInLobby) this.#pass(index)
      return
    }
    const isGroup = this.#states(index - 1).some((state) => state.startsWith('topology.multiparty'))
    const isLeft = this.#lines.at(-1)?.includes('call.policyLeave(') ?? false
    // Graph ends such a call by itself, while the bot ends its recording.
    this.#isRace = isLeft && this.#facts.recorded.isNobodyAfter(index)
    if (this.#isRace) return
    this.#do(index, isGroup ? 'await call.removeBot()' : 'await call.hangUp()')
  }

  /** The bot was on its way out when somebody left. */
  #isEnding(index: number): boolean {
    return this.#facts.isEndedByBot(index)
  }

  /** A deadline of the scenario passes. */
  #wait(index: number): void {
    const before = statesIn('scenario', this.#states(index - 1)).join()
    const after = statesIn('scenario', this.#states(index)).join()
    if (before === after) return
    this.#stand(index - 1)
    this.#pass(index)
    this.#stand(index)
  }

  #do(index: number, code: string): void {
    this.#stand(index - 1)
    this.#pass(index)
    this.#lines.push(code)
  }

  /** Most of the time from the last deed to this one: what comes after it is waited for. */
  #pass(index: number): void {
    const atMs = this.#steps[index]?.entry.atMs ?? 0
    const ms = atMs - this.#fromMs - MARGIN_MS
    this.#fromMs = atMs
    if (ms >= MARGIN_MS) this.#lines.push(`await world.advance(${numberCode(Math.round(ms))})`)
  }

  /** Waits until the scenario stands where it then stood. */
  #stand(index: number): void {
    const states = this.#states(index).filter((state) => /^scenario(\.|$)/.test(state))
    const place = states.join(', ')
    if (place === '' || place === this.#stoodIn) return
    this.#stoodIn = place
    const test = states.map((state) => calling('call.states.includes', state)).join(' && ')
    this.#lines.push(`await world.until(${quoted(place)}, () => ${test})`)
  }

  #leave(what: string): void {
    this.#leftOut.add(what)
  }

  #group(index: number) {
    return this.#steps.slice(0, index + 1).findLast(({ turn }) => turn)?.turn?.group
  }

  #states(index: number): readonly string[] {
    const group = this.#group(index)
    return group ? statesOf(group.call) : []
  }
}

/** Why a recording came to its end. */
function reasonOf(heard: object): string | undefined {
  const { answer }: { readonly answer?: { readonly operation?: { completionReason?: string } } } =
    heard
  return answer?.operation?.completionReason
}

function isOutcome(type: string): boolean {
  const [noun] = type.split('.')
  return Object.keys(effects).some((name) => isEffectName(name) && effects[name].noun === noun)
}

function quoted(text: string): string {
  return `'${text}'`
}

/** Tones as keys of a dial pad. */
const keys: ReadonlyMap<string, string> = new Map([
  ...Array.from({ length: 10 }, (_, digit) => [`tone${digit}`, String(digit)] as const),
  ['star', '*'],
  ['pound', '#'],
  ...['a', 'b', 'c', 'd'].map((letter) => [letter, letter.toUpperCase()] as const),
])
