/** The slider through a call's past: arrow keys step, its end is now. */
import type { JSX } from 'preact'
import type { LadderEntry } from '../../../admin/protocol.ts'
import { Pill, ProblemBox } from '../parts/basics.tsx'
import { exactTime } from '../words.ts'
import { at, goToMoment, moment, momentProblem, reach } from './moment.ts'
import { open } from './open.ts'

const certainties = {
  replayed: undefined,
  inferred: 'A key was pressed, which is not kept: one that leads the same way was taken.',
  unsure: 'A key was pressed, which is not kept: the states may not be those of then.',
} as const

export function Scrubber(): JSX.Element {
  const { first, last } = reach.value
  const shown = at.value ?? last
  const entry = eventAt(shown)
  const isNow = at.value === undefined
  const doubt = moment.value && !isNow ? certainties[moment.value.certainty] : undefined
  return (
    <section
      class={`scrubber ${isNow ? '' : `past moment-${moment.value?.sequence}`}`}
      aria-label="Time travel"
    >
      <StepButton name="First event" sign="⇤" to={first} isIdle={shown <= first} />
      <StepButton name="Event before" sign="←" to={shown - 1} isIdle={shown <= first} />
      <StepButton name="Event after" sign="→" to={shown + 1} isIdle={shown >= last} />
      <input
        type="range"
        aria-label="Moment"
        aria-valuetext={`Event ${shown} of ${last}: ${entry?.what ?? ''}`}
        min={first}
        max={last}
        step={1}
        value={shown}
        onInput={(event) => goToMoment(event.currentTarget.valueAsNumber)}
      />
      <span class="where" role="status">
        <strong>{shown}</strong>
        <span class="soft"> of {last} </span>
        <code>{entry?.what}</code>
        <span class="soft"> {entry && exactTime(entry.atMs)}</span>
      </span>
      {doubt && (
        <Pill tone="warn" title={doubt}>
          {moment.value?.certainty}
        </Pill>
      )}
      <button
        type="button"
        class={isNow ? 'live' : 'main'}
        disabled={isNow}
        onClick={() => goToMoment(undefined)}
      >
        {isNow ? 'Live' : 'Back to now'}
      </button>
      {momentProblem.value && <ProblemBox problem={momentProblem.value} />}
    </section>
  )
}

function StepButton(props: {
  readonly name: string
  readonly sign: string
  readonly to: number
  readonly isIdle: boolean
}): JSX.Element {
  return (
    <button
      type="button"
      aria-label={props.name}
      title={props.name}
      disabled={props.isIdle}
      onClick={() => goToMoment(props.to)}
    >
      {props.sign}
    </button>
  )
}

function eventAt(sequence: number): LadderEntry | undefined {
  return open.value?.timeline.find(
    (entry) => entry.sequence === sequence && entry.kind !== 'effect',
  )
}
