/** What a person of the emulated world does when the bot calls them. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Card } from '../parts/basics.tsx'
import type { Act } from './page.tsx'

const scripts = [
  ['answer', 'answers'],
  ['decline', 'declines'],
  ['ignore', 'lets it ring'],
  ['manual', 'waits for you'],
] as const

export function Called({ act }: { readonly act: Act }): JSX.Element {
  const who = useSignal('carol@contoso.com')
  const script = useSignal<string>('answer')
  const path = () => `world/people/${encodeURIComponent(who.value.trim())}`
  return (
    <Card title="When the bot calls somebody">
      <form
        class="body padded"
        onSubmit={(event) => {
          event.preventDefault()
          void act(`${path()}/script`, { script: script.value })
        }}
      >
        <div class="form">
          <label class="field">
            <span class="soft">Who</span>
            <input
              required
              value={who.value}
              onInput={(event) => {
                who.value = event.currentTarget.value
              }}
            />
          </label>
          <label class="field">
            <span class="soft">does</span>
            <select
              value={script.value}
              onChange={(event) => {
                script.value = event.currentTarget.value
              }}
            >
              {scripts.map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="buttons">
          <button type="submit">Set</button>
          <button type="button" onClick={() => void act(`${path()}/pick-up`, {})}>
            Pick up now
          </button>
          <button type="button" onClick={() => void act(`${path()}/decline`, {})}>
            Decline now
          </button>
        </div>
      </form>
    </Card>
  )
}
