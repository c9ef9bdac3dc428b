/** A call as the disk holds it, brought to life to be looked at. */
import type { StoredCall } from '../../../../snapshots/index.ts'
import { Call } from '../../../engine/call.ts'
import type { Chart } from '../../../engine/chart.ts'
import { encodeActors } from '../../../engine/group.ts'
import { unobserved } from '../../../telemetry.ts'

/** The call that a record holds. */
export function revive(chart: Chart, stored: StoredCall): Call {
  return Call.loaded(chart, stored, { observe: unobserved, roundTrip: false })
}

/** All that a call and its participants are, as text. */
export function textOf(chart: Chart, call: Pick<Call, 'group'>): string {
  return JSON.stringify(encodeActors(chart, call.group))
}
