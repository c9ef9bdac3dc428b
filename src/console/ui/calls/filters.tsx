/** What narrows the list: words, status, direction, state. */
import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { count } from '../words.ts'
import { chosen, direction, isFiltered, showAll, state, status } from './chosen.ts'
import { totals } from './live.ts'
import { text } from './text.ts'

export function Filters(): JSX.Element {
  const states = Object.keys(totals.value?.counts.byState ?? {}).sort()
  const known = state.value === 'all' ? states : [...new Set([...states, state.value])].sort()
  return (
    <search class="filters">
      <input
        type="search"
        aria-label="Search calls"
        placeholder="Search who, key, state, event …"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value
        }}
      />
      <Choice name="Status" of={status} values={['all', 'live', 'ended']} />
      <Choice name="Direction" of={direction} values={['all', 'incoming', 'outgoing']} />
      <Choice name="State" of={state} values={['all', ...known]} />
      {isFiltered.value && (
        <button type="button" onClick={showAll}>
          Show all
        </button>
      )}
      <span class="note" role="status">
        {count(chosen.value.length)} listed
      </span>
    </search>
  )
}

function Choice<Value extends string>(props: {
  readonly name: string
  readonly of: Signal<Value>
  readonly values: readonly Value[]
}): JSX.Element {
  return (
    <label class="choice">
      <span class="soft">{props.name}</span>
      <select
        value={props.of.value}
        onChange={(event) => {
          const chosen = props.values.find((value) => value === event.currentTarget.value)
          if (chosen !== undefined) props.of.value = chosen
        }}
      >
        {props.values.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
    </label>
  )
}
