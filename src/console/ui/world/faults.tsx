/** What goes wrong between the emulated Graph and the bot, and how often. */
import type { JSX } from 'preact'
import type { FaultDials } from '../../../admin/protocol.ts'
import { Card } from '../parts/basics.tsx'
import type { Act } from './page.tsx'

const chances = [
  ['duplicate', 'Notifications come twice'],
  ['reorder', 'Notifications overtake one another'],
  ['delay', 'Notifications come late'],
  ['drop', 'Notifications are lost once'],
  ['throttle', 'Requests are answered 429'],
  ['fail', 'Requests are answered 500'],
  ['slow', 'Answers come late'],
  ['cut', 'Connections break before an answer'],
] as const satisfies readonly (readonly [keyof FaultDials, string])[]

/** Of requests that were answered 500 or not at all: how many were done all the same. */
const doneAllTheSame = ['afterEffect', 'Failed requests were done all the same'] as const

/** Everything at once, but seldom enough that calls still get through. */
const storm = { duplicate: 0.2, reorder: 0.2, delay: 0.2, drop: 0.1, throttle: 0.1, cut: 0.1 }

export function Faults(props: { readonly act: Act; readonly dials: FaultDials }): JSX.Element {
  const { act, dials } = props
  const turn = (name: keyof FaultDials, value: number) =>
    void act('world/faults', { ...dials, [name]: value })
  const isCalm = chances.every(([name]) => dials[name] === 0)
  return (
    <Card title="Faults" note={isCalm ? 'none' : 'on'} class="faults">
      <div class="body padded">
        {[...chances, doneAllTheSame].map(([name, words]) => (
          <label key={name} class="dial">
            <span>{words}</span>
            <input
              type="range"
              min={0}
              max={100}
              step={5}
              value={Math.round(dials[name] * 100)}
              onChange={(event) => turn(name, event.currentTarget.valueAsNumber / 100)}
            />
            <output>{Math.round(dials[name] * 100)}%</output>
          </label>
        ))}
        <div class="buttons">
          <button type="button" onClick={() => void act('world/faults', storm)}>
            A bad day
          </button>
          <button type="button" disabled={isCalm} onClick={() => void act('world/faults', {})}>
            All well again
          </button>
        </div>
      </div>
    </Card>
  )
}
