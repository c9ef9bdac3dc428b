/** What calls of one engine say to one another: once each, and in the order in which a call said it. */
import { z } from 'zod'
import type { CallEffect, ToldEvent } from '../../machines/effects.ts'
import { isCallEffect } from '../../machines/effects.ts'
import { isOurs } from '../../machines/eventNames.ts'
import { ChartError } from '../errors.ts'
import { effectParams } from '../graph/params.ts'
import { withoutSecrets } from './secrets.ts'
import type { Command } from './turn.ts'

/** An event that another call tells, as the journal keeps it. */
export type TellingEvent = {
  readonly type: 'call.told'
  /** Key of the call that tells it. */
  readonly from: string
  /** Its command: what was heard once is not heard again. */
  readonly command: string
  /** Absent where hearing it made the chart throw: it counts as heard. */
  readonly event?: ToldEvent
}

const text = z.string('must be text')

/** The parameters of the effects between calls. */
export const callEffectParams = {
  placeCall: z.object({ chart: text.optional(), request: effectParams.createCall }),
  tellCall: z.object({
    key: text,
    event: z.looseObject({
      type: text.refine((type) => !isOurs(type), "must begin with a word of the bot's own"),
    }),
  }),
} satisfies { readonly [Name in CallEffect]: z.ZodType }

/** Throws `ChartError` where a turn would write private values down by telling them to another call. */
export function refuseTellingSecrets(commands: readonly Command[], secret: unknown): void {
  for (const { effect, params } of commands) {
    if (!isCallEffect(effect) || !withoutSecrets(params, secret).isLacking) continue
    throw new ChartError({
      code: 'chart.tellsPrivate',
      what: `The chart asks for '${effect}' with a value that stands under context.private.`,
      fix: 'What another call is told is stored: leave the value out, or keep it in context.bot.',
    })
  }
}

/** Of each call that told anything, the last command that was heard. */
export type Heard = ReadonlyMap<string, string>

export const nothingHeard: Heard = new Map()

export function encodeHeard(heard: Heard): string {
  return JSON.stringify(Object.fromEntries(heard))
}

export function decodeHeard(stored: string): Heard {
  return new Map(Object.entries<string>(JSON.parse(stored)))
}

/** Whether a command was heard already: those of one call come in their order, so it is by the last. */
export function isHeard(heard: Heard, { from, command }: Omit<TellingEvent, 'type'>): boolean {
  const last = heard.get(from)
  return last !== undefined && !isLater(command, last)
}

/** A command's id ends with the turn that asked for it, and its place among those of that turn. */
function isLater(command: string, last: string): boolean {
  const [turn = 0, place = 0] = placeOf(command)
  const [lastTurn = 0, lastPlace = 0] = placeOf(last)
  return turn > lastTurn || (turn === lastTurn && place > lastPlace)
}

function placeOf(command: string): number[] {
  return command.split('.').slice(-2).map(Number)
}

/** The key of a call that a command places: the same whenever it is carried out again. */
export function keyOfPlaced(command: string): string {
  return command.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(-128)
}
