/** What the chart remembers, as of the moment shown or the last event there was. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Json, Moment } from '../../../admin/protocol.ts'
import { ask } from '../api.ts'
import { Empty } from '../parts/basics.tsx'
import { JsonTree } from '../parts/json.tsx'
import { at, moment } from './moment.ts'
import { lastSequence, open } from './open.ts'

export function ContextTree(): JSX.Element {
  const latest = useSignal<Json | undefined>(undefined)
  const key = open.value?.row.key ?? ''
  const sequence = lastSequence()
  useEffect(() => {
    if (at.value !== undefined || sequence === 0) return
    let isWanted = true
    ask<Moment>(`calls/${encodeURIComponent(key)}/at/${sequence}`).then(
      ({ context }) => {
        if (isWanted) latest.value = context
      },
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [key, sequence, at.value])
  const shown = at.value === undefined ? latest.value : moment.value?.context
  if (shown === undefined) return <Empty title="Replaying …" />
  return (
    <div class="context">
      <JsonTree name="context" value={shown} isOpen />
    </div>
  )
}
