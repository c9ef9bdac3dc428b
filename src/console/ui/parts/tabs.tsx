/** Panels of which one shows; arrow keys go from one to the next. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

export type Tab = {
  readonly name: string
  /** Beside the name: how many there are. */
  readonly note?: string | number | undefined
  readonly isBad?: boolean
  readonly panel: () => ComponentChildren
}

export function Tabs(props: {
  readonly label: string
  readonly tabs: readonly Tab[]
}): JSX.Element {
  const id = useId()
  const chosen = useSignal(props.tabs[0]?.name)
  const shown = props.tabs.find(({ name }) => name === chosen.value) ?? props.tabs[0]
  const choose = (by: number, from: HTMLElement) => {
    const { tabs } = props
    const index = tabs.findIndex(({ name }) => name === shown?.name)
    const next = tabs[(index + by + tabs.length) % tabs.length]
    chosen.value = next?.name
    const face = from.parentElement?.querySelector(`#${CSS.escape(`${id}-${next?.name}`)}`)
    if (face instanceof HTMLElement) face.focus()
  }
  return (
    <section class="card tabs" aria-label={props.label}>
      <div role="tablist" aria-label={props.label}>
        {props.tabs.map(({ name, note, isBad }) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            aria-selected={name === shown?.name}
            aria-controls={`${id}-panel`}
            tabIndex={name === shown?.name ? 0 : -1}
            onClick={() => {
              chosen.value = name
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') choose(1, event.currentTarget)
              if (event.key === 'ArrowLeft') choose(-1, event.currentTarget)
            }}
          >
            {name}
            {note !== undefined && <span class={`count ${isBad ? 'bad' : ''}`}>{note}</span>}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        class="body"
        role="tabpanel"
        aria-labelledby={`${id}-${shown?.name}`}
        tabIndex={0}
      >
        {shown?.panel()}
      </div>
    </section>
  )
}
