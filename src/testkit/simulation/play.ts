/** The play: people and faults do as the traffic says, then peace returns, and everybody hangs up. */
import type { EmulatedCall, NotificationFault, RequestFault } from '../../emulator/index.ts'
import { EmulatorError } from '../../emulator/index.ts'
import type { World } from '../world.ts'
import type { Fault, Mishaps } from './faults.ts'
import { type Act, type Beginning, beginnings, type Deed, type Traffic } from './traffic.ts'
import { keyOf, personOf, severalOf, spokenMsOf, userOf } from './who.ts'

/** How long things still go wrong after the last deed. */
const AFTERMATH_MS = 60_000
/** Peace lasts longer than the interval of keepAlive, in which every missed end is noticed. */
const PEACE_MS = 20 * 60_000
/** Afterwards Graph itself would have ended what nobody keeps alive. */
const CLOSING_MS = 50 * 60_000

/** The bot's own media; what is in the blob is between its media library and Graph. */
const ownMedia = {
  '@odata.type': '#microsoft.graph.appHostedMediaConfig',
  blob: 'from the media library',
}

/** Plays the traffic on a world that has just begun. */
export async function play(world: World, traffic: Traffic): Promise<void> {
  const stage = new Stage(world)
  stage.open(traffic.faults)
  const startMs = world.clock.now()
  const parts = [
    ...traffic.deeds.map((deed) => ({ atMs: deed.atMs, run: () => stage.perform(deed) })),
    ...world.mishaps.timed.map((fault) => ({ atMs: fault.at, run: () => stage.suffer(fault) })),
  ]
  for (const { atMs, run } of parts.sort((one, other) => one.atMs - other.atMs)) {
    await world.passage.advance(Math.max(0, startMs + atMs - world.clock.now()))
    run()
  }
  await world.passage.advance(AFTERMATH_MS)
  await finish(world)
}

/** Lets peace return, everybody hang up, and so much time pass that nothing can be left. */
export async function finish(world: World): Promise<void> {
  const { emulator, judge, mishaps, passage } = world
  mishaps.stop()
  emulator.setFaults({ onRequest: () => undefined })
  await passage.advance(PEACE_MS)
  await judge.judge(world, 'atPeace')
  for (const call of emulator.calls) if (call.state !== 'terminated') call.removeBot()
  await passage.advance(CLOSING_MS)
  await judge.judge(world, 'atTheEnd')
  await judge.judge(world, 'always')
}

class Stage {
  readonly #world: World
  readonly #calls = new Map<number, () => EmulatedCall | undefined>()

  constructor(world: World) {
    this.#world = world
  }

  open(faults: readonly Fault[]): void {
    const { emulator, mishaps } = this.#world
    mishaps.begin(faults)
    emulator.script('declining@contoso.com', 'decline')
    emulator.script('ignoring@contoso.com', 'ignore')
    emulator.setFaults({
      onNotification: () => notificationFault(mishaps),
      onRequest: () => requestFault(mishaps),
    })
  }

  perform(deed: Deed): void {
    try {
      const { act } = deed
      if (isBeginning(act)) this.#begin(act, deed)
      else this.#act(act, deed)
    } catch (error) {
      // People try what cannot be done any more, or not yet.
      if (!(error instanceof EmulatorError)) throw error
    }
  }

  suffer(fault: Fault): void {
    const { emulator, mishaps } = this.#world
    mishaps.count(fault.kind)
    if (fault.kind === 'rotateKeys') void emulator.rotateKeys()
    else if (fault.kind === 'expireTokens') emulator.revokeTokens()
    else this.#world.jumpClock(fault.forMs % 2 === 0 ? fault.forMs : -fault.forMs)
  }

  #begin(act: Beginning, { call, who }: Deed): void {
    const { emulator } = this.#world
    if (act === 'ring' || act === 'recordUnderPolicy') {
      const rung =
        act === 'ring'
          ? emulator.ring({ from: personOf(who) })
          : emulator.policyCall({ user: userOf(who), otherSide: personOf(who + 1) })
      this.#calls.set(call, () => rung)
      return
    }
    if (!this.#world.isUp) return
    // What the bot calls by itself is its first chart's.
    const [chart] = this.#world.judge.charts.current
    this.#world.bot.call(requestOf(act, call, who), { chart: chart?.id }).then(
      (key) => this.#calls.set(call, () => this.#placed(key)),
      () => {
        // The store could not take it: whoever asked was told so.
      },
    )
  }

  #placed(key: string): EmulatedCall | undefined {
    return this.#world.emulator.calls.find((each) =>
      String(each.resource().callbackUri).endsWith(`/${key}`),
    )
  }

  #act(act: Act, { call: number, who }: Deed): void {
    const call = this.#calls.get(number)?.()
    if (!call) return
    done[act](call, who)
  }
}

const done: { readonly [Each in Act]: (call: EmulatedCall, who: number) => void } = {
  press: (call, who) => void call.press(keyOf(who)).catch(ifUndoable),
  finishPrompt: (call) => call.finishPrompt(),
  say: (call, who) => call.say(spokenMsOf(who)),
  mute: (call) => call.mute(),
  unmute: (call) => call.unmute(),
  share: (call) => call.share(),
  unshare: (call) => call.share(false),
  join: (call, who) => call.join(personOf(who)),
  leave: (call, who) => call.leave(personOf(who)),
  joinUnderPolicy: (call, who) => void call.policyJoin(userOf(who)).catch(ifUndoable),
  leaveUnderPolicy: (call, who) => call.policyLeave(userOf(who)),
  hangUp: (call) => call.hangUp(),
  removeBot: (call) => call.removeBot(),
  admit: (call) => call.admit(),
}

function ifUndoable(error: unknown): void {
  if (!(error instanceof EmulatorError)) throw error
}

function isBeginning(act: Deed['act']): act is Beginning {
  return beginnings.some((each) => each === act)
}

function requestOf(
  act: Exclude<Beginning, 'ring' | 'recordUnderPolicy'>,
  call: number,
  who: number,
) {
  const media = who % 3 === 0 ? { mediaConfig: ownMedia } : {}
  switch (act) {
    case 'dial':
      return { ...media, targets: personOf(who) }
    case 'dialSeveral':
      return { targets: severalOf(who) }
    case 'joinMeeting':
      return {
        ...media,
        chatInfo: { threadId: `19:meeting_${call}@thread.v2`, messageId: '0' },
        meetingInfo: {
          '@odata.type': '#microsoft.graph.organizerMeetingInfo',
          organizer: { user: { id: 'olivia@contoso.com' } },
        },
      }
  }
}

function notificationFault(mishaps: Mishaps): NotificationFault | undefined {
  const fault = mishaps.strike('duplicate', 'delay', 'reorder', 'drop')
  switch (fault?.kind) {
    case 'duplicate':
    case 'drop':
      return { kind: fault.kind }
    case 'delay':
      return { kind: 'delay', delayMs: fault.forMs }
    case 'reorder':
      return { kind: 'reorder', holdMs: fault.forMs }
    default:
      return undefined
  }
}

function requestFault(mishaps: Mishaps): RequestFault | undefined {
  const fault = mishaps.strike('throttle', 'failBefore', 'failAfter')
  switch (fault?.kind) {
    case 'throttle':
      return {
        kind: 'refuse',
        status: 429,
        retryAfterSeconds: Math.ceil(fault.forMs / 1_000),
        moment: 'before',
      }
    case 'failBefore':
      return { kind: 'refuse', status: 500 + (fault.at % 5), moment: 'before' }
    case 'failAfter':
      return { kind: 'refuse', status: 502, moment: 'after' }
    default:
      return undefined
  }
}
