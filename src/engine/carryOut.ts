/** What one call asks of another, done in the other's own commit: told, or placed. */
import type { CallEffect, EffectParams } from '../../machines/effects.ts'
import type { GraphFault } from '../../machines/words.ts'
import type { Clock } from '../clock.ts'
import { CallchartError } from '../errors.ts'
import { callEffectParams, isHeard, keyOfPlaced, type TellingEvent } from './between.ts'
import type { Call } from './call.ts'
import { Carrier, type CarrierOptions } from './carrier.ts'
import type { OpenEffect } from './change.ts'
import type { Changes } from './changes.ts'
import type { Chart } from './chart.ts'
import type { Charts } from './charts.ts'
import type { StartEvent } from './group.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { Settlement } from './settlement.ts'

export type CarryOutOptions = {
  readonly clock: Clock
  readonly charts: Charts
  readonly mailboxes: Mailboxes
  readonly changes: () => Changes
  /** Begins a call; resolves when that is durable, and throws at once what its chart throws. */
  readonly begin: (chart: Chart, input: StartEvent['input']) => Promise<void>
  /** Tells the call that asked what became of it. */
  readonly settle: CarrierOptions['settle']
}

/** Carries what calls ask of one another. */
export function createCarrier(options: CarryOutOptions): Carrier {
  return new Carrier({ ...options, carryOut: (key, open) => carryOut(options, key, open) })
}

/** Does what an open effect between calls asks. Rejects where the store or a mailbox cannot take it now. */
async function carryOut(
  options: CarryOutOptions,
  from: string,
  { id, effect, params }: OpenEffect,
): Promise<Settlement> {
  const flaw = flawIn(effect, params)
  if (flaw !== undefined) return failed('invalid', flaw, 'Correct the effect in the chart.')
  // Its schema has just said so.
  if (effect === 'placeCall') return place(options, from, id, params as EffectParams['placeCall'])
  const { key, event } = params as EffectParams['tellCall']
  return tell(options, key, { type: 'call.told', from, command: id, event })
}

function flawIn(effect: OpenEffect['effect'], params: unknown): string | undefined {
  const [issue] = callEffectParams[effect as CallEffect].safeParse(params).error?.issues ?? []
  return issue && `The parameter '${issue.path.join('.')}' of '${effect}' ${issue.message}.`
}

async function tell(
  { clock, mailboxes, changes }: CarryOutOptions,
  key: string,
  told: TellingEvent,
): Promise<Settlement> {
  return mailboxes.post(key, async (call) => {
    if (!call) return failed('call.unknown', `There is no call '${key}'.`, UNKNOWN_FIX)
    if (isHeard(call.group.heard, told)) return { kind: 'delivered' }
    await changes().make(call, (change) => hear(call, told, clock.now(), change))
    return isHeard(call.group.heard, told) ? { kind: 'delivered' } : hasEnded(key)
  })
}

function hear(call: Call, told: TellingEvent, atMs: number, change: Parameters<Call['hear']>[2]) {
  call.hear(told, atMs, change)
  if (isHeard(call.group.heard, told)) return
  // It made the chart throw and is in quarantine, where it stays if it comes again.
  const { event: _, ...known } = told
  call.hear(known, atMs, change)
}

async function place(
  { charts, mailboxes, begin }: CarryOutOptions,
  placedBy: string,
  command: string,
  { chart: chartId, request }: EffectParams['placeCall'],
): Promise<Settlement> {
  const key = keyOfPlaced(command)
  return mailboxes.post(key, async (call) => {
    if (call) return { kind: 'placed', key }
    let begun: Promise<void>
    try {
      const chart = charts.forPlaced(chartId)
      begun = begin(chart, { key, direction: 'outgoing', request, placedBy })
    } catch (error) {
      if (error instanceof CallchartError) return failed(error.code, error.message, error.fix)
      const message = error instanceof Error ? error.message : String(error)
      return failed(
        'chart.threw',
        `The chart of the call to be placed threw: ${message}`,
        CHART_FIX,
      )
    }
    await begun
    return { kind: 'placed', key }
  })
}

const UNKNOWN_FIX =
  'Tell calls by the key that placeCall.placed brought, or that they told themselves.'
const CHART_FIX = 'Mend what the chart does when a call starts.'

function hasEnded(key: string): Settlement {
  return failed('call.ended', `Call '${key}' has ended.`, 'Go on without it.')
}

function failed(code: string, message: string, fix: string): Settlement {
  const fault: GraphFault = { status: 0, code, message, fix }
  return { kind: 'failed', fault }
}
