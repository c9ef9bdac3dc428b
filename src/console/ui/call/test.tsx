/** "Make a test of this": the call as a vitest file, to be read before it is taken. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { CallTest, Told } from '../../../admin/protocol.ts'
import { addressOf, ask, Refused } from '../api.ts'
import { ProblemBox } from '../parts/basics.tsx'

export function TestOfCall({ callKey }: { readonly callKey: string }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const test = useSignal<CallTest | undefined>(undefined)
  const problem = useSignal<Told | undefined>(undefined)
  const path = `calls/${encodeURIComponent(callKey)}/test`
  const make = async () => {
    test.value = undefined
    problem.value = undefined
    dialog.current?.showModal()
    try {
      test.value = await ask<CallTest>(path)
    } catch (found) {
      if (found instanceof Refused) problem.value = found
    }
  }
  return (
    <>
      <button type="button" class="main" onClick={make}>
        Make a test of this
      </button>
      <dialog ref={dialog} aria-label="A test of this call">
        <header>
          <h2>A test of this call</h2>
          <span class="soft">It plays the call again in the testkit; names are replaced.</span>
        </header>
        {problem.value && <ProblemBox problem={problem.value} />}
        {test.value && (
          <>
            <pre class="code" tabIndex={0}>
              {test.value.text}
            </pre>
            {test.value.leftOut.length > 0 && (
              <div class="leftOut">
                <strong>Not as it was</strong>
                <ul>
                  {test.value.leftOut.map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
        <footer>
          {test.value && (
            <a class="button" href={`${addressOf(path)}?download=1`} download={test.value.name}>
              Download {test.value.name}
            </a>
          )}
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </footer>
      </dialog>
    </>
  )
}
