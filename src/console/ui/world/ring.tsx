/** Rings the bot as a user of the emulated world. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { rows, version } from '../calls/live.ts'
import { Card } from '../parts/basics.tsx'
import { linkTo } from '../route.ts'
import type { Act } from './page.tsx'

const people = ['bob@fabrikam.com', 'ann@contoso.com', 'carol@contoso.com', '+4930123456']

/** Calls rung at once. */
const MOST = 100

export function RingForm({ act }: { readonly act: Act }): JSX.Element {
  const from = useSignal(people[0] ?? '')
  const many = useSignal(1)
  version.value
  const newest = [...rows.values()].reduce<string | undefined>(
    (best, row) =>
      best === undefined || row.sinceMs >= (rows.get(best)?.sinceMs ?? 0) ? row.key : best,
    undefined,
  )
  return (
    <Card title="Ring the bot">
      <form
        class="body padded"
        onSubmit={(event) => {
          event.preventDefault()
          for (let rung = 0; rung < many.value; rung += 1) {
            void act('world/ring', { from: from.value.trim() })
          }
        }}
      >
        <div class="form">
          <label class="field">
            <span class="soft">Who rings</span>
            <input
              required
              list="people-known"
              value={from.value}
              onInput={(event) => {
                from.value = event.currentTarget.value
              }}
            />
          </label>
          <label class="field">
            <span class="soft">Calls</span>
            <input
              type="number"
              required
              min={1}
              max={MOST}
              value={many.value}
              onInput={(event) => {
                many.value = event.currentTarget.valueAsNumber
              }}
            />
          </label>
          <datalist id="people-known">
            {people.map((person) => (
              <option key={person} value={person} />
            ))}
          </datalist>
        </div>
        <div class="buttons">
          <button type="submit" class="main">
            Ring
          </button>
          {newest !== undefined && (
            <a class="button" href={linkTo({ view: 'call', key: newest })}>
              Watch the newest call
            </a>
          )}
        </div>
      </form>
    </Card>
  )
}
