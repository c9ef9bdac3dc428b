/** A stored call brought into memory: on the version it stands on, or on its way to the next. */

import type { CallContext } from '../../machines/call/context.ts'
import { decodeSnapshot, encodeSnapshot } from '../../snapshots/codec.ts'
import type { StoredCall } from '../../snapshots/store.ts'
import { Call } from './call.ts'
import { invocationOf } from './change.ts'
import type { Chart } from './chart.ts'
import type { Charts } from './charts.ts'
import { flawsOf } from './fit.ts'
import { storedBase, storedSnapshot } from './group.ts'
import { standingOf } from './standing.ts'
import { persist } from './step.ts'
import type { Watching } from './told.ts'
import { UnreadableError } from './unreadable.ts'
import { type Upgraded, type Upgrading, upgradeOf } from './upgrade.ts'

/** A call brought into memory, and what its upgrade will do to it, where it goes on under another version. */
export type Loaded = { readonly call: Call; readonly upgraded?: Upgraded | undefined }

/** The call that a record holds. Throws `UnreadableError` where no chart can go on with it. */
export function loadCall(charts: Charts, stored: StoredCall, watching: Watching): Loaded {
  const loaded = broughtBack(charts, stored, watching)
  const { appId }: CallContext = loaded.call.group.call.context
  loaded.call.appId = appId ?? charts.appIdOf(stored.chartId)
  return loaded
}

function broughtBack(charts: Charts, stored: StoredCall, watching: Watching): Loaded {
  if (stored.status === 'ended') return { call: Call.resting(stored, watching) }
  const own = charts.at(stored.chartId, stored.chartVersion)
  const next = charts.after(stored.chartId, stored.chartVersion)
  const chart = next?.chart ?? own
  if (!chart) throw new UnreadableError(stored, ['the bot does not bring that version'])
  const isBehind = isOnFormerBase(chart, stored)
  const call = own && !isBehind ? replayed(own, stored, watching) : Call.resting(stored, watching)
  if (!next && !isBehind) return { call }
  const upgraded = upgradedBy({ chart, upgrade: next?.upgrade, former: own }, call, stored)
  call.goOnUnder(chart, upgraded)
  return { call, upgraded }
}

/** Throws where no base of ours can go on with the call. */
function isOnFormerBase({ base: ours }: Chart, stored: StoredCall): boolean {
  const base = storedBase(stored)
  if (base > ours) {
    const reason = `a newer Callchart wrote it, on base ${base} of the call chart, and this one has base ${ours}`
    throw new UnreadableError(stored, [reason], 'Run that Callchart, or a newer one.')
  }
  if (base < ours && stored.journal.length > 0) {
    const reason = `what it heard since its last snapshot can be replayed only by a Callchart with base ${base} of the call chart, which it stands on`
    throw new UnreadableError(
      stored,
      [reason],
      'Start that Callchart once more and let it stop well.',
    )
  }
  return base < ours
}

function replayed(chart: Chart, stored: StoredCall, watching: Watching): Call {
  try {
    return Call.loaded(chart, stored, watching)
  } catch (error) {
    // XState names one state, and not as we do.
    const flaws = flawsOf(
      chart.machine,
      standingOf({ ...stored, persisted: storedSnapshot(stored) }),
    )
    throw flaws.length > 0 ? new UnreadableError(stored, flaws) : error
  }
}

function upgradedBy(
  next: Pick<Upgrading, 'chart' | 'upgrade' | 'former'>,
  call: Call,
  stored: StoredCall,
): Upgraded {
  const persisted = call.chart === next.former ? persistedOf(call) : storedSnapshot(stored)
  const invoked = stored.outbox.filter(({ effect }) => effect === 'invoke')
  const upgraded = upgradeOf({
    ...next,
    from: stored.chartVersion,
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
function persistedOf({ chart, group }: Call): object {
  return decodeSnapshot(encodeSnapshot(persist(chart.machine, group.call)))
}
