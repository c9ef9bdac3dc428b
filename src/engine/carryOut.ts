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
  if (flaw !== undefined) {
    return failed({ code: 'invalid', message: flaw, fix: 'Correct the effect in the chart.' })
  }
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
    if (!call) return isNotThere(key)
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
      return cannotBegin(error)
    }
    await begun
    return { kind: 'placed', key }
  })
}

function cannotBegin(error: unknown): Settlement {
  if (error instanceof CallchartError) {
    return failed({ code: error.code, message: error.message, fix: error.fix })
  }
  const reason = error instanceof Error ? error.message : String(error)
  return failed({
    code: 'chart.threw',
    message: `The chart of the call to be placed threw: ${reason}`,
    fix: 'Mend what the chart does when a call starts.',
  })
}

function isNotThere(key: string): Settlement {
  return failed({
    code: 'call.unknown',
    message: `There is no call '${key}'.`,
    fix: 'Tell calls by the key that placeCall.placed brought, or that they told themselves.',
  })
}

function hasEnded(key: string): Settlement {
  return failed({
    code: 'call.ended',
    message: `Call '${key}' has ended.`,
    fix: 'Go on without it.',
  })
}

function failed(fault: Omit<GraphFault, 'status'>): Settlement {
  return { kind: 'failed', fault: { status: 0, ...fault } }
}
