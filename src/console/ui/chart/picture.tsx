/** A laid out chart as SVG: states lit, a turn's way animated, visits shaded. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type {
  Coverage,
  Geometry,
  GeometryArrow,
  GeometryBox,
  GeometryLine,
} from '../../../admin/protocol.ts'
import { shade, visitsOfArrow, visitsOfState } from './coverage.ts'
import { readStep, type Step } from './lit.ts'

export type Shown = {
  /** Active states and those around them; absent where a chart is shown and no call. */
  readonly active?: ReadonlySet<string> | undefined
  /** The turn that is seen happening. */
  readonly step?: Step | undefined
  readonly coverage?: Coverage | undefined
}

/** The contents of an SVG as large as the geometry says. */
export function Picture({ geometry, ...shown }: Shown & { readonly geometry: Geometry }) {
  const near = useSignal<string | undefined>(undefined)
  const step = shown.step && readStep(shown.step)
  const outer = new Set(geometry.boxes.map(({ path }) => path.split('.').slice(0, -1).join('.')))
  const within = Map.groupBy(geometry.arrows, (arrow) => arrow.within)
  const classOf = (arrow: GeometryArrow) =>
    [
      'arrow',
      arrow.isQuiet ? 'quiet' : '',
      step?.isTaken(arrow) ? 'taken' : '',
      near.value === arrow.from || near.value === arrow.to ? 'near' : '',
      shown.coverage && arrow.transitions.length > 0
        ? `visits-${shade(visitsOfArrow(shown.coverage, arrow))}`
        : '',
    ]
      .filter(Boolean)
      .join(' ')
  return (
    <g class={`picture ${shown.coverage ? 'covered' : ''} ${shown.active ? 'lighted' : ''}`}>
      {geometry.boxes.map((box) => (
        <g key={box.path}>
          <BoxShape
            // A state entered again is a new element: its animation starts anew.
            key={step?.isEntered(box.path) ? shown.step?.id : 'still'}
            box={box}
            isActive={shown.active?.has(box.path) ?? false}
            isLeaf={!outer.has(box.path)}
            isEntered={step?.isEntered(box.path) ?? false}
            visits={shown.coverage && visitsOfState(shown.coverage, box.path)}
            enter={() => {
              near.value = box.path
            }}
            leave={() => {
              near.value = undefined
            }}
          />
          {within.get(box.path)?.map((arrow) => (
            <path
              key={`${arrow.from} ${arrow.to} ${step?.isTaken(arrow) ? shown.step?.id : ''}`}
              class={classOf(arrow)}
              d={arrow.d}
              pathLength={step?.isTaken(arrow) ? 100 : undefined}
              marker-end="url(#head)"
            />
          ))}
          {box.start && <circle class="start" cx={box.start.x} cy={box.start.y} r="4.5" />}
        </g>
      ))}
      {geometry.arrows.map((arrow) => (
        <ArrowLabel
          key={`${arrow.from} ${arrow.to}`}
          arrow={arrow}
          isTaken={step?.isTaken(arrow) ?? false}
          coverage={shown.coverage}
        />
      ))}
    </g>
  )
}

function BoxShape(props: {
  readonly box: GeometryBox
  readonly isActive: boolean
  readonly isLeaf: boolean
  readonly isEntered: boolean
  readonly visits: number | undefined
  readonly enter: () => void
  readonly leave: () => void
}): JSX.Element {
  const { box, visits } = props
  const classes = [
    'state',
    box.depth % 2 === 0 ? 'odd' : 'even',
    box.isRegion ? 'region' : '',
    props.isActive ? 'active' : '',
    props.isLeaf ? 'leaf' : '',
    props.isEntered ? 'entered' : '',
    visits === undefined ? '' : `visits-${shade(visits)}`,
  ]
  const { x, y, width, height } = box
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      onMouseEnter={props.enter}
      onMouseLeave={props.leave}
    >
      <title>{box.path}</title>
      <rect class="frame" x={x} y={y} width={width} height={height} rx="7" />
      {box.type === 'final' && (
        <rect class="inner" x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx="4.5" />
      )}
      <text class="title" x={x + 10} y={y + 18}>
        {box.title}
      </text>
      {visits !== undefined && visits > 0 && (
        <text class="visits" x={x + width - 6} y={y + (props.isLeaf ? -3 : 16)} text-anchor="end">
          ×{visits}
        </text>
      )}
      <Lines lines={box.lines} />
    </g>
  )
}

function ArrowLabel(props: {
  readonly arrow: GeometryArrow
  readonly isTaken: boolean
  readonly coverage: Coverage | undefined
}): JSX.Element | null {
  const { label } = props.arrow
  if (!label) return null
  const visits = props.coverage ? visitsOfArrow(props.coverage, props.arrow) : 0
  const { x, y, width, height, lines } = label
  return (
    <g class={`label ${props.isTaken ? 'taken' : ''}`}>
      <rect x={x} y={y} width={width} height={height} rx="3" />
      <Lines lines={lines} />
      {visits > 0 && (
        <text class="visits" x={x + width + 3} y={y + 11}>
          ×{visits}
        </text>
      )}
    </g>
  )
}

function Lines({ lines }: { readonly lines: readonly GeometryLine[] }): JSX.Element {
  return (
    <>
      {lines.map(({ text, tone, x, y }) => (
        <text key={`${x} ${y}`} class={tone} x={x} y={y}>
          {text}
        </text>
      ))}
    </>
  )
}

/** The tip of every arrow, to stand once in the page. */
export function ArrowTip(): JSX.Element {
  return (
    <svg width="0" height="0" class="tip" aria-hidden="true">
      <marker
        id="head"
        viewBox="0 0 10 10"
        refX="9"
        refY="5"
        markerWidth="8"
        markerHeight="8"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 0 10 5 0 10z" fill="context-stroke" />
      </marker>
    </svg>
  )
}
