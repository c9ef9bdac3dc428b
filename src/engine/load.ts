/** A stored call brought into memory: on the version it stands on, or on its way to the next. */

import { decodeSnapshot, encodeSnapshot } from '../../snapshots/codec.ts'
import type { StoredCall } from '../../snapshots/store.ts'
import { Call } from './call.ts'
import { invocationOf } from './change.ts'
import type { Chart } from './chart.ts'
import type { Charts, Next } from './charts.ts'
import { flawsOf } from './fit.ts'
import { CALL_ACTOR } from './group.ts'
import { standingOf } from './standing.ts'
import { persist } from './step.ts'
import type { Watching } from './told.ts'
import { UnreadableError } from './unreadable.ts'
import { type Upgraded, upgradeOf } from './upgrade.ts'

/** A call brought into memory, and what its upgrade will do to it, where it goes on under another version. */
export type Loaded = { readonly call: Call; readonly upgraded?: Upgraded | undefined }

/** The call that a record holds. Throws `UnreadableError` where no chart can go on with it. */
export function loadCall(charts: Charts, stored: StoredCall, watching: Watching): Loaded {
  const loaded = broughtBack(charts, stored, watching)
  loaded.call.appId = charts.appIdOf(stored.chartId)
  return loaded
}

function broughtBack(charts: Charts, stored: StoredCall, watching: Watching): Loaded {
  if (stored.status === 'ended') return { call: Call.resting(stored, watching) }
  const chart = charts.at(stored.chartId, stored.chartVersion)
  const next = charts.after(stored.chartId, stored.chartVersion)
  if (!chart && !next) throw new UnreadableError(stored, ['the bot does not bring that version'])
  const call = chart ? replayed(chart, stored, watching) : Call.resting(stored, watching)
  if (!next) return { call }
  const upgraded = upgradedBy(next, call, stored, chart)
  call.goOnUnder(next.chart, upgraded)
  return { call, upgraded }
}

function replayed(chart: Chart, stored: StoredCall, watching: Watching): Call {
  try {
    return Call.loaded(chart, stored, watching)
  } catch (error) {
    // XState names one state, and not as we do.
    const flaws = flawsOf(chart.machine, standingOf({ ...stored, persisted: textOf(stored) }))
    throw flaws.length > 0 ? new UnreadableError(stored, flaws) : error
  }
}

function upgradedBy(
  next: Next,
  call: Call,
  stored: StoredCall,
  former: Chart | undefined,
): Upgraded {
  const persisted = former ? persistedOf(former, call) : textOf(stored)
  const invoked = stored.outbox.filter(({ effect }) => effect === 'invoke')
  const upgraded = upgradeOf({
    ...next,
    from: stored.chartVersion,
    former,
    standing: standingOf({ ...stored, persisted }),
    timers: stored.timers,
    inputs: new Map(
      invoked.map(({ id, params }) => [id, invocationOf({ params: JSON.parse(params) })]),
    ),
  })
  if ('event' in upgraded) return upgraded
  throw new UnreadableError(stored, upgraded)
}

/** As the store would keep it, so that an upgrade sees the same whether or not there was anything to replay. */
function persistedOf({ machine }: Chart, { group }: Call): object {
  return decodeSnapshot(encodeSnapshot(persist(machine, group.call)))
}

function textOf({ actors }: StoredCall): object {
  return decodeSnapshot(actors.find(({ actor }) => actor === CALL_ACTOR)?.snapshot ?? '')
}
