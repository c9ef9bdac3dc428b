/** The bot's scenario beside the regions that follow Graph, lit as they are. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { ChartDetail, ChartName } from '../../../admin/protocol.ts'
import { Canvas } from '../chart/canvas.tsx'
import { drawnChart } from '../chart/drawn.ts'
import { lit, readStep } from '../chart/lit.ts'
import { partOf } from '../chart/part.ts'
import { Card, Empty } from '../parts/basics.tsx'
import { shownStates } from './moment.ts'

const SCENARIO = 'scenario'

/** The region drawn beside the scenario; `''` is the whole chart. It stays from call to call. */
const region = signal('signalling')

export function Scenario({ chart }: { readonly chart: ChartName }): JSX.Element {
  const detail = drawnChart(chart, { path: SCENARIO }).value
  return <Part title="Scenario" place="scenario" chart={chart} detail={detail} path={SCENARIO} />
}

export function Region({ chart }: { readonly chart: ChartName }): JSX.Element {
  const detail = drawnChart(chart, { detail: 'names' }).value
  const path = region.value
  return (
    <Part title={path || 'All regions'} place="region" chart={chart} detail={detail} path={path} />
  )
}

function Part(props: {
  readonly title: string
  readonly place: 'scenario' | 'region'
  readonly chart: ChartName
  readonly detail: ChartDetail | undefined
  readonly path: string
}): JSX.Element {
  const { title, chart, detail, path } = props
  const geometry = useMemo(() => detail && partOf(detail.geometry, path), [detail, path])
  const { states, step } = shownStates.value
  const names = path === '' ? '' : statesIn(states, path).join(', ')
  return (
    <Card title={title} class={`chartPart ${props.place}`} note={<code>{names}</code>}>
      {geometry ? (
        <Canvas
          name={`${title} of ${chart.id}${names === '' ? '' : `, in ${names}`}`}
          geometry={geometry}
          active={lit(states.filter((state) => path === '' || state.startsWith(`${path}.`)))}
          step={step}
        />
      ) : (
        <Empty title="Drawing …" />
      )}
    </Card>
  )
}

/** Every region of the call and the states it is in: the chart in words, and what chooses the picture. */
export function Regions({ chart }: { readonly chart: ChartName }): JSX.Element {
  const { states, step } = shownStates.value
  const entered = step && readStep(step)
  const whole = drawnChart(chart, { detail: 'names' }).value
  const order = (name: string) => (name === SCENARIO ? 0 : name === 'signalling' ? 1 : 2)
  const names = (whole?.root.states ?? [])
    .map(({ name }) => name)
    .toSorted((one, other) => order(one) - order(other))
  return (
    <nav class="regions card" aria-label="Regions">
      {[...names, ''].map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={region.value === name}
          onClick={() => {
            region.value = name
          }}
        >
          <span class="name cut">{name || 'All regions'}</span>
          {statesIn(name === '' ? [] : states, name).map((state) => (
            <span
              key={`${state} ${entered?.isEntered(`${name}.${state}`) ? step?.id : ''}`}
              class={`where cut ${entered?.isEntered(`${name}.${state}`) ? 'entered' : ''}`}
              title={state}
            >
              {state.split('.').slice(-2).join('.')}
            </span>
          ))}
        </button>
      ))}
    </nav>
  )
}

function statesIn(states: readonly string[], region: string): readonly string[] {
  return states
    .filter((state) => state.startsWith(`${region}.`))
    .map((state) => state.slice(region.length + 1))
}
