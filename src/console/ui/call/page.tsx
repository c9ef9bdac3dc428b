/** One call: its chart, its ladder, its people, what it owes; now, or as of any moment. */
import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { Empty, ProblemBox } from '../parts/basics.tsx'
import { Region, Regions, Scenario } from './charts.tsx'
import { CallHead } from './head.tsx'
import { Ladder } from './ladder.tsx'
import { followMoment } from './moment.ts'
import { open, openCall, problem } from './open.ts'
import { Scrubber } from './scrubber.tsx'
import { Side } from './side.tsx'

export function CallView({ callKey }: { readonly callKey: string }): JSX.Element {
  useEffect(() => {
    const close = openCall(callKey)
    const forget = followMoment()
    return () => {
      forget()
      close()
    }
  }, [callKey])
  const isHere = useComputed(() => open.value?.row.key === callKey)

  if (problem.value) {
    return (
      <main class="narrow">
        <h1>Call {callKey}</h1>
        <ProblemBox problem={problem.value} />
        <a href="#/calls">All calls</a>
      </main>
    )
  }
  if (!isHere.value || !open.value) {
    return (
      <main>
        <h1 class="visually-hidden">Call {callKey}</h1>
        <Empty title="Reading the call …" />
      </main>
    )
  }
  const { row, timeline, hasEarlier } = open.value
  return (
    <main class="call">
      <CallHead row={row} />
      <Scrubber />
      <Scenario chart={row.chart} />
      <Region chart={row.chart} />
      <Ladder timeline={timeline} hasEarlier={hasEarlier} />
      <Regions chart={row.chart} />
      <Side />
    </main>
  )
}
