/** Who it is with, how it stands, and what can be made of it. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { roughSpan } from '../../../../snapshots/spans.ts'
import type { CallRow } from '../../../admin/protocol.ts'
import { nowMs } from '../clock.ts'
import { Pill } from '../parts/basics.tsx'
import { toneOfHealth, toneOfState } from '../parts/tones.ts'
import { linkTo } from '../route.ts'
import { fullTime } from '../words.ts'
import { at } from './moment.ts'
import { lastSequence } from './open.ts'
import { TestOfCall } from './test.tsx'

export function CallHead({ row }: { readonly row: CallRow }): JSX.Element {
  const { who, direction, chart, state, topology, sinceMs, endedMs, health, problems } = row
  return (
    <header class="callHead">
      <a class="button" href="#/calls" aria-label="All calls">
        ←
      </a>
      <h1 class="cut" title={who}>
        {who || row.key}
      </h1>
      <Pill tone={toneOfState(row)}>{state}</Pill>
      <Pill tone="plain">{direction}</Pill>
      {topology !== '' && <Pill tone="plain">{topology}</Pill>}
      {health !== 'good' && (
        <Pill tone={toneOfHealth(health)}>
          {health}
          {problems > 0 ? ` · ${problems}` : ''}
        </Pill>
      )}
      <span class="soft cut facts">
        {chart.id} {chart.version} · <span title={fullTime(sinceMs)}>{fullTime(sinceMs)}</span> ·{' '}
        {roughSpan((endedMs ?? nowMs.value) - sinceMs)} ·{' '}
        <code title="The call's key">{row.key}</code>
      </span>
      <CopyLink callKey={row.key} />
      <TestOfCall callKey={row.key} />
    </header>
  )
}

/** A link to the moment shown; looked at live, to the last one so far. */
function CopyLink({ callKey }: { readonly callKey: string }): JSX.Element {
  const isCopied = useSignal(false)
  const copy = async () => {
    const link = linkTo({ view: 'call', key: callKey, at: at.value ?? lastSequence() })
    await navigator.clipboard.writeText(new URL(link, location.href).href)
    isCopied.value = true
    setTimeout(() => {
      isCopied.value = false
    }, 1_500)
  }
  return (
    <button type="button" onClick={copy} title="A permanent link to the moment shown">
      {isCopied.value ? 'Copied' : 'Copy link'}
    </button>
  )
}
