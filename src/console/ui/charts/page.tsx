/** The bot's charts, laid out whole or in part, shaded by how often they were visited. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { ChartBrief, ChartDetail, ChartState, Coverage } from '../../../admin/protocol.ts'
import { charts, readAbout } from '../about.ts'
import { ask } from '../api.ts'
import { Canvas } from '../chart/canvas.tsx'
import { wholeOf } from '../chart/part.ts'
import { Card, Empty } from '../parts/basics.tsx'
import { linkTo } from '../route.ts'
import { plural } from '../words.ts'

type Shade = 'none' | 'live' | 'tested'

export function ChartsView({ id }: { readonly id: string | undefined }): JSX.Element {
  useEffect(() => void readAbout(), [])
  const shown = charts.value.find((chart) => chart.id === id) ?? charts.value[0]
  return (
    <main class="chartsView">
      <h1 class="visually-hidden">Charts</h1>
      <nav class="card chartList" aria-label="Charts">
        {charts.value.map((chart) => (
          <Brief key={`${chart.id} ${chart.version}`} chart={chart} isShown={chart === shown} />
        ))}
      </nav>
      {shown ? (
        <Chart key={`${shown.id} ${shown.version}`} chart={shown} />
      ) : (
        <Empty title="Reading the charts …" />
      )}
    </main>
  )
}

function Brief(props: { readonly chart: ChartBrief; readonly isShown: boolean }): JSX.Element {
  const { id, version, calls, states, statesVisited, transitions, transitionsVisited } = props.chart
  return (
    <a
      href={linkTo({ view: 'charts', id })}
      aria-current={props.isShown ? 'page' : undefined}
      title={id}
    >
      <strong class="cut">
        {id} <span class="soft">{version}</span>
      </strong>
      <span class="soft">{plural(calls, 'live call')}</span>
      <Share name="states" part={statesVisited} whole={states} />
      <Share name="transitions" part={transitionsVisited} whole={transitions} />
    </a>
  )
}

function Share(props: { readonly name: string; readonly part: number; readonly whole: number }) {
  const { name, part, whole } = props
  return (
    <span class="share soft">
      <meter min={0} max={Math.max(1, whole)} value={part} aria-label={`${name} visited`} />
      {part} of {whole} {name}
    </span>
  )
}

function Chart({ chart }: { readonly chart: ChartBrief }): JSX.Element {
  const { id, version } = chart
  const path = useSignal(id === 'participant' ? '' : 'scenario')
  const hasWords = useSignal(true)
  const shade = useSignal<Shade>('live')
  const detail = useSignal<ChartDetail | undefined>(undefined)
  useEffect(() => {
    const query = new URLSearchParams({
      version,
      ...(path.value !== '' && { path: path.value }),
      ...(!hasWords.value && { detail: 'names' }),
    })
    ask<ChartDetail>(`charts/${encodeURIComponent(id)}?${query}`).then(
      (found) => {
        detail.value = found
      },
      () => {},
    )
  }, [id, version, path.value, hasWords.value])
  const found = detail.value
  const geometry = useMemo(() => found && wholeOf(found.geometry), [found])
  if (!found || !geometry) return <Empty title="Drawing …" />
  const coverage = coverageOf(found, shade.value)
  return (
    <Card
      title={`${id} ${version}`}
      note={
        <span class="choices">
          <label class="choice">
            <span class="soft">Part</span>
            <select
              value={path.value}
              onChange={(event) => {
                path.value = event.currentTarget.value
                // All of it with all its words is ten screens.
                hasWords.value = path.value !== ''
              }}
            >
              <option value="">whole chart</option>
              {partsOf(found.root).map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
          <label class="choice">
            <span class="soft">Shade</span>
            <select
              value={shade.value}
              onChange={(event) => {
                const { value } = event.currentTarget
                shade.value = value === 'live' || value === 'tested' ? value : 'none'
              }}
            >
              <option value="live">visits of live calls</option>
              {found.tested && <option value="tested">visits of tests</option>}
              <option value="none">none</option>
            </select>
          </label>
          <label class="choice">
            <input
              type="checkbox"
              checked={hasWords.value}
              onChange={(event) => {
                hasWords.value = event.currentTarget.checked
              }}
            />
            <span class="soft">Words</span>
          </label>
        </span>
      }
    >
      <Canvas
        name={`Chart ${id} ${version}${path.value ? `, ${path.value}` : ''}`}
        geometry={geometry}
        coverage={coverage}
      />
      {coverage && <Legend coverage={coverage} />}
    </Card>
  )
}

function Legend({ coverage }: { readonly coverage: Coverage }): JSX.Element {
  return (
    <footer class="legend soft">
      {plural(coverage.calls, 'call')} counted. Visits:
      {['none', '1 and more', '10', '100', '1,000'].map((name, shade) => (
        <span key={name}>
          <i class={`visits-${shade}`} />
          {name}
        </span>
      ))}
    </footer>
  )
}

function coverageOf({ coverage, tested }: ChartDetail, shade: Shade): Coverage | undefined {
  if (shade === 'none') return undefined
  return shade === 'tested' ? tested : coverage
}

/** The states that have states of their own, by path. */
function partsOf(root: ChartState): readonly string[] {
  return root.states.flatMap((state) => {
    const inner = partsOf(state)
    return state.states.length > 0 ? [state.path, ...inner] : inner
  })
}
