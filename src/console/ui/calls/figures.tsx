/** Counts and rates, with the last minute as a curve. */
import type { JSX } from 'preact'
import type { CallsFresh, Rates } from '../../../admin/protocol.ts'
import { count, rate } from '../words.ts'
import { onlyTroubled, status } from './chosen.ts'
import { pastRates, totals } from './live.ts'

export function Figures(): JSX.Element {
  const counts = totals.value?.counts
  return (
    <section class="figures" aria-label="Counts and rates">
      <Figure name="live" value={count(counts?.live ?? 0)} />
      <Figure name="ended" value={count(counts?.ended ?? 0)} />
      <button
        type="button"
        class={`figure ${counts && counts.troubled > 0 ? 'bad' : ''}`}
        aria-pressed={onlyTroubled.value}
        title="Show only live calls in trouble"
        onClick={() => {
          onlyTroubled.value = !onlyTroubled.value
          status.value = onlyTroubled.value ? 'live' : 'all'
        }}
      >
        <span class="value">{count(counts?.troubled ?? 0)}</span>
        <span class="name">in trouble</span>
      </button>
      <span class="rule" />
      <RateFigure name="notifications/s" of="notifications" />
      <RateFigure name="turns/s" of="turns" />
      <RateFigure name="effects/s" of="effects" />
      <RateFigure name="calls started/s" of="started" />
    </section>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div class="figure">
      <span class="value">{value}</span>
      <span class="name">{name}</span>
    </div>
  )
}

function RateFigure(props: { readonly name: string; readonly of: keyof Rates }): JSX.Element {
  return (
    <div class="figure rate">
      <span class="value">{rate(totals.value?.rates[props.of] ?? 0)}</span>
      <span class="name">{props.name}</span>
      <Curve past={pastRates.value} of={props.of} />
    </div>
  )
}

const [WIDTH, HEIGHT, SECONDS] = [88, 26, 60]

/** The last minute of one rate; flat where nothing was told, since then nothing happened. */
function Curve(props: {
  readonly past: readonly CallsFresh[]
  readonly of: keyof Rates
}): JSX.Element {
  const last = props.past.at(-1)?.nowMs ?? 0
  const shown = props.past.filter(({ nowMs }) => last - nowMs <= SECONDS * 1_000)
  const most = Math.max(1, ...shown.map(({ rates }) => rates[props.of]))
  const points = shown.map(({ nowMs, rates }) => {
    const x = WIDTH - ((last - nowMs) / (SECONDS * 1_000)) * WIDTH
    return `${x.toFixed(1)},${(HEIGHT - 2 - (rates[props.of] / most) * (HEIGHT - 4)).toFixed(1)}`
  })
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  )
}
