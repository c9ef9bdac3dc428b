/** Where a token is asked for. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Told } from '../../admin/protocol.ts'
import { logIn, Refused } from './api.ts'
import { begin } from './begin.ts'
import { ProblemBox } from './parts/basics.tsx'

export function Door(): JSX.Element {
  const token = useSignal('')
  const problem = useSignal<Told | undefined>(undefined)
  const enter = async () => {
    try {
      await logIn(token.value.trim())
      await begin()
    } catch (found) {
      if (found instanceof Refused) problem.value = found
    }
  }
  return (
    <main class="door">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <h1>Callchart console</h1>
        <p class="soft">
          Open the link that the engine printed when it started, or give its admin token (
          <code>CALLCHART_ADMIN_TOKEN</code>).
        </p>
        <label class="field">
          <span class="soft">Admin token</span>
          <input
            type="password"
            required
            autocomplete="current-password"
            value={token.value}
            onInput={(event) => {
              token.value = event.currentTarget.value
            }}
          />
        </label>
        {problem.value && <ProblemBox problem={problem.value} />}
        <button type="submit" class="main">
          Enter
        </button>
      </form>
    </main>
  )
}
