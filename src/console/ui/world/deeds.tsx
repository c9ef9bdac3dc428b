/** What the people of the emulated world can do in one call. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Told, WorldCall } from '../../../admin/protocol.ts'
import { ask, Refused, tell } from '../api.ts'
import { ProblemBox } from '../parts/basics.tsx'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/** A deed, what it is called, and whether it is of the person named or of nobody. */
const deeds: readonly (readonly [path: string, name: string, wish?: object])[] = [
  ['join', 'Join'],
  ['leave', 'Leave'],
  ['mute', 'Mute'],
  ['unmute', 'Unmute'],
  ['share', 'Share screen', { sharing: true }],
  ['share', 'Stop sharing', { sharing: false }],
  ['hold', 'Hold'],
  ['resume', 'Resume'],
]

export function Deeds({ graphId }: { readonly graphId: string }): JSX.Element {
  const who = useSignal('')
  const truth = useSignal<WorldCall | undefined>(undefined)
  const problem = useSignal<Told | undefined>(undefined)
  const path = `world/calls/${encodeURIComponent(graphId)}`
  const look = () =>
    ask<WorldCall>(path).then(
      (told) => {
        truth.value = told
      },
      () => {},
    )
  useEffect(() => void look(), [graphId])
  const act = async (deed: string, wish: object) => {
    problem.value = undefined
    try {
      await tell(`${path}/${deed}`, wish)
    } catch (found) {
      if (found instanceof Refused) problem.value = found
    }
    await look()
  }
  const named = () => (who.value.trim() === '' ? {} : { who: who.value.trim() })
  return (
    <div class="deeds">
      {problem.value && <ProblemBox problem={problem.value} />}
      <fieldset class="keypad">
        <legend>Keys</legend>
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            aria-label={`Press ${key}`}
            onClick={() => void act('press', { tone: key })}
          >
            {key}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>Somebody</legend>
        <label>
          <span class="visually-hidden">Who acts</span>
          <input
            list="people-here"
            placeholder="the caller, or carol@contoso.com"
            value={who.value}
            onInput={(event) => {
              who.value = event.currentTarget.value
            }}
          />
          <datalist id="people-here">
            {truth.value?.roster.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </datalist>
        </label>
        <button
          type="button"
          title="The other party adds them: the call becomes multiparty, and it rings at theirs"
          disabled={truth.value?.topology !== 'peerToPeer' || who.value.trim() === ''}
          onClick={() => void act('escalate', named())}
        >
          Escalate
        </button>
        {deeds.map(([deed, name, wish]) => (
          <button key={name} type="button" onClick={() => void act(deed, { ...wish, ...named() })}>
            {name}
          </button>
        ))}
        <button type="button" class="grave" onClick={() => void act('hangup', named())}>
          Hang up
        </button>
      </fieldset>
      <fieldset>
        <legend>The call</legend>
        <button type="button" onClick={() => void act('finish-prompt', {})}>
          End the prompt
        </button>
        <button type="button" onClick={() => void act('say', { durationMs: 3_000 })}>
          Speak 3 s
        </button>
        <button type="button" onClick={() => void act('admit', {})}>
          Admit from lobby
        </button>
        <button type="button" class="grave" onClick={() => void act('remove-bot', {})}>
          Remove the bot
        </button>
      </fieldset>
      {truth.value && <Truth call={truth.value} />}
    </div>
  )
}

/** What is so, whatever the bot was told. */
function Truth({ call }: { readonly call: WorldCall }): JSX.Element {
  const facts = [
    call.state,
    call.topology,
    call.playing && `playing ${call.playing}`,
    call.tonesSubscribed ? 'listens for keys' : 'does not listen for keys',
    call.muted && 'bot muted',
  ].filter(Boolean)
  return (
    <p class="soft truth">
      In the world: {facts.join(' · ')}
      {call.roster.length > 0 && ` · ${call.roster.map(({ name }) => name).join(', ')}`}
    </p>
  )
}
