/** A chart to move about in: dragged, zoomed by wheel, keys or buttons, fitted to its place. */
import { type Signal, useSignal } from '@preact/signals'
import type { JSX, TargetedPointerEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { PlacedGeometry } from './part.ts'
import { Picture, type Shown } from './picture.tsx'

type View = { readonly x: number; readonly y: number; readonly scale: number }
type Room = { readonly width: number; readonly height: number }
type Rect = Room & { readonly x: number; readonly y: number }

const MARGIN = 10
const [SMALLEST, LARGEST] = [0.08, 3]
/** Fitted charts are not blown up beyond this. */
const LARGEST_FIT = 1.15
/** A call's chart stays readable: what then does not fit is followed by its active states. */
const SMALLEST_FOLLOWED = 0.68
/** Below this scale only the states' names are drawn. */
const FAR = 0.42

type Parts = Shown & {
  readonly geometry: PlacedGeometry
  /** What a screen reader calls it. */
  readonly name: string
}

export function Canvas({ geometry, name, ...shown }: Parts): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const view = useSignal<View>({ x: 0, y: 0, scale: 1 })
  const isMoved = useSignal(false)
  const isGliding = useSignal(false)
  const { active } = shown
  const followed = active && [...active].filter((path) => isInnermost(path, active)).join(' ')

  const fitIn = () => {
    if (!box.current) return
    isMoved.value = false
    const room = box.current.getBoundingClientRect()
    view.value = followed === undefined ? fitted(geometry, room) : follow(geometry, followed, room)
  }
  useEffect(() => {
    const place = box.current
    if (!place) return
    const watcher = new ResizeObserver(() => !isMoved.value && fitIn())
    watcher.observe(place)
    // Preact would add it as a passive listener, which cannot keep the page from scrolling.
    const wheel = (event: WheelEvent) => {
      isGliding.value = false
      turnWheel(event, place, view, isMoved)
    }
    place.addEventListener('wheel', wheel, { passive: false })
    return () => {
      watcher.disconnect()
      place.removeEventListener('wheel', wheel)
    }
  }, [geometry])
  useEffect(() => {
    isGliding.value = false
    fitIn()
  }, [geometry])
  useEffect(() => {
    if (isMoved.value || followed === undefined) return
    isGliding.value = true
    fitIn()
  }, [followed])

  const zoom = (by: number) => {
    const { width = 0, height = 0 } = box.current?.getBoundingClientRect() ?? {}
    isMoved.value = true
    view.value = zoomed(view.value, by, width / 2, height / 2)
  }
  const move = (dx: number, dy: number) => {
    isMoved.value = true
    isGliding.value = false
    view.value = { ...view.value, x: view.value.x + dx, y: view.value.y + dy }
  }
  const { x, y, scale } = view.value
  return (
    <div
      ref={box}
      class={`canvas ${scale < FAR ? 'far' : ''}`}
      role="group"
      tabIndex={0}
      aria-label={`${name}. Arrow keys move it, plus and minus zoom, 0 fits it.`}
      onKeyDown={(event) => {
        if (press(event.key, { zoom, move, fitIn })) event.preventDefault()
      }}
      onPointerDown={(event) => drag(event, move)}
    >
      <svg role="img" aria-label={name} width="100%" height="100%">
        <g
          class={isGliding.value ? 'gliding' : ''}
          style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
        >
          <Picture geometry={geometry} {...shown} />
        </g>
      </svg>
      <div class="zoom">
        <button type="button" aria-label="Zoom out" onClick={() => zoom(0.8)}>
          −
        </button>
        <button type="button" aria-label={`${Math.round(scale * 100)}%, fit`} onClick={fitIn}>
          {Math.round(scale * 100)}%
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => zoom(1.25)}>
          +
        </button>
      </div>
    </div>
  )
}

/** All of it, as large as it goes. */
function fitted(target: Rect, room: Room, smallest = SMALLEST): View {
  const wide = (room.width - 2 * MARGIN) / target.width
  const high = (room.height - 2 * MARGIN) / target.height
  return centred(target, room, Math.max(smallest, Math.min(wide, high, LARGEST_FIT)))
}

/** All of it if that can be read, otherwise its active states and as much around them as there is room for. */
function follow(geometry: PlacedGeometry, followed: string, room: Room): View {
  const whole = fitted(geometry, room, SMALLEST_FOLLOWED)
  const paths = new Set(followed.split(' '))
  const boxes = geometry.boxes.filter(({ path }) => paths.has(path))
  if (boxes.length === 0) return whole
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  const near = centred({ x, y, width: right - x, height: bottom - y }, room, whole.scale)
  return {
    scale: whole.scale,
    x: within(near.x, geometry.x, geometry.width, room.width, whole),
    y: within(near.y, geometry.y, geometry.height, room.height, whole),
  }
}

function centred(target: Rect, room: Room, scale: number): View {
  return {
    scale,
    x: (room.width - target.width * scale) / 2 - target.x * scale,
    y: (room.height - target.height * scale) / 2 - target.y * scale,
  }
}

/** One coordinate, so that no room stays empty beside a chart that has more to show there. */
function within(wanted: number, start: number, length: number, room: number, { scale }: View) {
  const least = room - MARGIN - (start + length) * scale
  const most = MARGIN - start * scale
  return least > most ? (least + most) / 2 : Math.min(most, Math.max(least, wanted))
}

function isInnermost(path: string, active: ReadonlySet<string>): boolean {
  return ![...active].some(
    (other) => other !== path && (path === '' || other.startsWith(`${path}.`)),
  )
}

/** The view with what is at a point kept there. */
function zoomed({ x, y, scale }: View, by: number, atX: number, atY: number): View {
  const next = Math.min(LARGEST, Math.max(SMALLEST, scale * by))
  const share = next / scale
  return { scale: next, x: atX - (atX - x) * share, y: atY - (atY - y) * share }
}

function turnWheel(
  event: WheelEvent,
  place: HTMLElement,
  view: Signal<View>,
  isMoved: Signal<boolean>,
): void {
  event.preventDefault()
  const { left, top } = place.getBoundingClientRect()
  isMoved.value = true
  view.value = zoomed(
    view.value,
    Math.exp(-event.deltaY / 400),
    event.clientX - left,
    event.clientY - top,
  )
}

type Moves = {
  readonly zoom: (by: number) => void
  readonly move: (dx: number, dy: number) => void
  readonly fitIn: () => void
}

const STEP = 60

function press(key: string, { zoom, move, fitIn }: Moves): boolean {
  const deeds: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(STEP, 0),
    ArrowRight: () => move(-STEP, 0),
    ArrowUp: () => move(0, STEP),
    ArrowDown: () => move(0, -STEP),
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    '0': fitIn,
  }
  deeds[key]?.()
  return key in deeds
}

function drag(
  down: TargetedPointerEvent<HTMLDivElement>,
  move: (dx: number, dy: number) => void,
): void {
  if (down.button !== 0 || (down.target instanceof Element && down.target.closest('button'))) return
  const place = down.currentTarget
  place.setPointerCapture(down.pointerId)
  const follow = (event: PointerEvent) => move(event.movementX, event.movementY)
  place.addEventListener('pointermove', follow)
  const stop = () => place.removeEventListener('pointermove', follow)
  place.addEventListener('pointerup', stop, { once: true })
  place.addEventListener('pointercancel', stop, { once: true })
}
