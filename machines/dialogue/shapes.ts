/**
 * dialogue: common pieces of a conversation, each a function that returns one state of a scenario, in plain
 * XState. A bot's setup offers them (`desk.menu({ … })`), typed for its own context and private values.
 *
 * May import: the call's base, context, effects and words.
 * Read: shape (what they have in common) → keys, memory, vocabulary → the shapes: gatherDigits, menu, confirm,
 * playSequence, recordMessage; rings, and the shapes with several people: ringAny, warmTransfer; waitInQueue, joinAndAnnounce.
 * Not here: the call's own regions (call/), what Graph allows (docs/dialogue.md).
 */
import type { CallContext } from '../call/context.ts'
import { type Confirm, confirm } from './confirm.ts'
import { type GatherDigits, gatherDigits } from './gatherDigits.ts'
import { type JoinAndAnnounce, joinAndAnnounce } from './joinAndAnnounce.ts'
import { type Menu, menu } from './menu.ts'
import { type PlaySequence, playSequence } from './playSequence.ts'
import { type Recording, type RecordMessage, recordMessage } from './recordMessage.ts'
import { type RingAny, ringAny } from './ringAny.ts'
import { type WaitInQueue, waitInQueue } from './waitInQueue.ts'
import { type WarmTransfer, warmTransfer } from './warmTransfer.ts'

/** The private values of a bot that may hold something. */
type Holding<Secret, Value> = {
  [Name in keyof Secret & string]: Value extends Secret[Name] ? Name : never
}[keyof Secret & string]

/** The shapes as a bot's setup offers them. */
export interface Shapes<Context, Secret, EventType extends string> {
  /**
   * Asks for digits, found under `context.private` by the shape's id.
   *
   * @example
   * pin: desk.gatherDigits({ id: 'pin', prompt: 'pin.wav', length: 4, onDone: 'checking', onFailed: 'goodbye' })
   */
  gatherDigits(
    options: GatherDigits<Context, Holding<Secret, string>>,
  ): ReturnType<typeof gatherDigits>
  /**
   * Asks for yes or no.
   *
   * @example
   * sure: desk.confirm({ id: 'sure', prompt: 'sure.wav', onDone: 'booking', onRefused: 'main', onFailed: 'main' })
   */
  confirm(options: Confirm<Context>): ReturnType<typeof confirm>
  /**
   * Offers choices, one key each.
   *
   * @example
   * main: desk.menu({ id: 'main', prompt: 'main.wav', choices: { 1: 'sales', 2: 'hours' }, onFailed: 'desk' })
   */
  menu(options: Menu<Context>): ReturnType<typeof menu>
  /**
   * Plays prompts one after another.
   *
   * @example
   * hours: desk.playSequence({ id: 'hours', prompts: ['open.wav', 'till.wav'], onDone: 'main', onFailed: 'main' })
   */
  playSequence(options: PlaySequence<Context>): ReturnType<typeof playSequence>
  /**
   * Records what a caller says, found under `context.private` by the shape's id as a `Recording`.
   *
   * @example
   * beep: desk.recordMessage({ id: 'beep', prompt: 'speak.wav', onDone: 'thanking', onFailed: 'goodbye' })
   */
  recordMessage(
    options: RecordMessage<Context, Holding<Secret, Recording>>,
  ): ReturnType<typeof recordMessage>
  /**
   * Rings several people into the call at once; the rest are taken back when one picks up.
   *
   * @example
   * agents: desk.ringAny({ id: 'agents', targets: ['ann@contoso.com'], onDone: 'leaving', onFailed: 'beep' })
   */
  ringAny(options: RingAny<Context>): ReturnType<typeof ringAny>
  /**
   * Fetches somebody into the call, and tells them what it is about while the caller is held.
   *
   * @example
   * ann: desk.warmTransfer({ id: 'ann', to: 'ann@contoso.com', whisper: 'a-caller.wav', onDone: 'leaving', onFailed: 'main' })
   */
  warmTransfer(options: WarmTransfer<Context>): ReturnType<typeof warmTransfer>
  /**
   * Plays music until an event says that it is the caller's turn.
   *
   * @example
   * queue: desk.waitInQueue({ id: 'queue', music: 'music.wav', until: 'agent.freed', onDone: 'agents', onFailed: 'beep' })
   */
  waitInQueue(options: WaitInQueue<Context, EventType>): ReturnType<typeof waitInQueue>
  /**
   * Comes to a meeting, announces itself and others, and ends when everybody has left.
   *
   * @example
   * meeting: desk.joinAndAnnounce({ id: 'meeting', prompt: 'hello.wav', onDone: 'leaving', onFailed: 'leaving' })
   */
  joinAndAnnounce(options: JoinAndAnnounce<Context>): ReturnType<typeof joinAndAnnounce>
}

/** Every shape; `callSetup` gives them the bot's own types. */
export const shapes: Shapes<CallContext, { readonly [id: string]: string & Recording }, string> = {
  gatherDigits,
  confirm,
  menu,
  playSequence,
  recordMessage,
  ringAny,
  warmTransfer,
  waitInQueue,
  joinAndAnnounce,
}
