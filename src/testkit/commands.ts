/** What fast-check's `modelRun` runs: commands for a world, each shown as the line of a script. */
import fc from 'fast-check'
import { calling } from '../code.ts'
import type { TestCall } from './testCall.ts'
import type { World } from './world.ts'

/** What the commands know: the calls there have been. A model of your own may add to it. */
export type CallsModel = { readonly calls: TestCall[] }

/** One thing that somebody does, if it can be done by then. */
export type WorldCommand = fc.AsyncCommand<CallsModel, World>

export type CommandOptions = {
  /** Commands at most. Default 20. */
  readonly most?: number
  /** Calls at most. Default 2. */
  readonly calls?: number
  /** Who rings. Default two people of different tenants. */
  readonly callers?: readonly string[]
  /** Whether the bot's process may end and be started again. Default true. */
  readonly restarts?: boolean
  /** Commands of your own, among the others. */
  readonly more?: readonly fc.Arbitrary<WorldCommand>[]
}

type Parts = {
  readonly may: (calls: readonly TestCall[]) => boolean
  readonly act: (world: World, calls: TestCall[]) => Promise<void>
}

class Deed implements WorldCommand {
  readonly #code: string
  readonly #parts: Parts

  constructor(code: string, parts: Parts) {
    this.#code = code
    this.#parts = parts
  }

  check({ calls }: Readonly<CallsModel>): boolean {
    return this.#parts.may(calls)
  }

  run({ calls }: CallsModel, world: World): Promise<void> {
    return this.#parts.act(world, calls)
  }

  toString(): string {
    return this.#code
  }
}

/** Who joins calls. */
const GUEST = 'carol@contoso.com'

/**
 * Any commands of people: they ring, press, speak, mute, join, hang up, and time passes. Shrinks to the few
 * that are needed; what was done stands in the failure as a test.
 *
 * @example
 * fc.asyncProperty(anyCommands(), async (commands) => {
 *   await using world = await emulate(frontDesk)
 *   await fc.asyncModelRun(() => ({ model: { calls: [] }, real: world }), commands)
 *   await world.checkInvariants(endsEventually)
 * })
 */
export function anyCommands(options: CommandOptions = {}): fc.Arbitrary<readonly WorldCommand[]> {
  const { most = 20, calls = 2, restarts = true, more = [] } = options
  const { callers = ['bob@fabrikam.com', 'ann@contoso.com'] } = options
  const which = fc.nat({ max: calls - 1 })
  const onCall = (make: (index: number) => WorldCommand) => which.map(make)
  const ring = fc.constantFrom(...callers).map((from) => ringing(from, calls))
  const keys = fc.constantFrom(...'1234567890*#')
  const press = fc.tuple(which, keys).map(([index, key]) => pressing(index, key))
  const finish = onCall((index) =>
    acting(index, 'finishPrompt', [], (call) => call.truth().playing !== undefined),
  )
  const spans = fc.constantFrom(1_000, 5_000, 10_000, 60_000)
  const command = fc.oneof(
    { arbitrary: ring, weight: 2 },
    { arbitrary: press, weight: 4 },
    { arbitrary: finish, weight: 4 },
    fc.tuple(which, spans).map(([index, ms]) => speaking(index, ms)),
    onCall((index) => acting(index, 'mute', [], isTalking)),
    onCall((index) => acting(index, 'unmute', [], isTalking)),
    onCall((index) => acting(index, 'share', [], isTalking)),
    onCall((index) =>
      acting(index, 'join', [GUEST], (call) => isEstablished(call) && !hasGuest(call)),
    ),
    onCall((index) => acting(index, 'leave', [GUEST], hasGuest)),
    onCall((index) => acting(index, 'hangUp', [], hasParty)),
    spans.map(waiting),
    ...(restarts ? [fc.constant(restarting())] : []),
    ...more,
  )
  // Not fc.commands, which keeps the last of all when it shrinks: what is broken may show only afterwards.
  return fc.array(command, { maxLength: most, size: 'max' })
}

function ringing(from: string, most: number): WorldCommand {
  return new Deed(`await ${calling('world.ring', { from })}`, {
    may: (calls) => calls.length < most,
    act: async (world, calls) => void calls.push(await world.ring({ from })),
  })
}

function pressing(index: number, key: string): WorldCommand {
  return acting(
    index,
    'press',
    [key],
    (call) => call.truth().tonesSubscribed || call.truth().playing === 'recordOperation',
  )
}

function speaking(index: number, ms: number): WorldCommand {
  return acting(index, 'say', [ms], (call) => call.truth().playing === 'recordOperation')
}

function waiting(ms: number): WorldCommand {
  return new Deed(`await ${calling('world.advance', ms)}`, {
    may: () => true,
    act: (world) => world.advance(ms),
  })
}

function restarting(): WorldCommand {
  return new Deed('await world.restart()', {
    may: () => true,
    act: (world) => world.restart(),
  })
}

type OnCall =
  | 'press'
  | 'say'
  | 'finishPrompt'
  | 'mute'
  | 'unmute'
  | 'share'
  | 'join'
  | 'leave'
  | 'hangUp'

/** A deed on the call of this number, where it is live and the deed possible. */
function acting<Name extends OnCall>(
  index: number,
  deed: Name,
  given: Parameters<TestCall[Name]>,
  may: (call: TestCall) => boolean,
): WorldCommand {
  const name = index === 0 ? 'call' : `call${index + 1}`
  return new Deed(`await ${calling(`${name}.${deed}`, ...given)}`, {
    may: (calls) => {
      const call = calls[index]
      return call !== undefined && isLive(call) && may(call)
    },
    act: async (_, calls) => {
      const call = calls[index]
      if (call) await Reflect.apply(call[deed], call, given)
    },
  })
}

function isLive(call: TestCall): boolean {
  return call.state !== 'terminated'
}

function isEstablished(call: TestCall): boolean {
  return call.state === 'established'
}

/** In a call of several the other party may have left. */
function hasParty(call: TestCall): boolean {
  return call.party !== undefined
}

function isTalking(call: TestCall): boolean {
  return isEstablished(call) && hasParty(call)
}

function hasGuest(call: TestCall): boolean {
  return isEstablished(call) && call.truth().roster.some(({ name }) => name === GUEST)
}
