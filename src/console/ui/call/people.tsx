/** The roster: who is there, heard, seen, waiting. */
import type { JSX } from 'preact'
import type { ParticipantRow, Roster } from '../../../admin/protocol.ts'
import { Empty, Pill } from '../parts/basics.tsx'
import { toneOfPresence } from '../parts/tones.ts'
import { plural } from '../words.ts'

export function People({ roster }: { readonly roster: Roster }): JSX.Element {
  const { mode, size, participants } = roster
  if (participants.length === 0) {
    return (
      <Empty title="Nobody is on the roster">
        <p>
          {mode === 'silent'
            ? 'Silent: Graph has told of nobody. It sends rosters of meetings and group calls, not of calls of two, nor of those that grew to more.'
            : 'Everybody has left.'}
        </p>
      </Empty>
    )
  }
  return (
    <>
      {mode === 'silent' && (
        <p class="silent">
          Silent: Graph sends no changes now. This is who was there when it last did.
        </p>
      )}
      <ul class="people" aria-label={`Roster of ${size}`}>
        {participants.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
      {size > participants.length && (
        <p class="soft silent">{plural(size - participants.length, 'more')} not shown</p>
      )}
    </>
  )
}

const presences: Readonly<Record<ParticipantRow['presence'], string>> = {
  invited: 'invited',
  ringing: 'ringing',
  inLobby: 'in the lobby',
  joined: 'joined',
  onHold: 'on hold',
  left: 'left',
  starting: 'not yet told',
}

function Person({ person }: { readonly person: ParticipantRow }): JSX.Element {
  const { who, kind, isSelf, presence, audio, isSharing } = person
  return (
    <li class={presence}>
      <span class="cut who" title={`${who}, ${kind}`}>
        {who || person.id}
        <span class="soft"> {isSelf ? 'this bot' : kind}</span>
      </span>
      {isSharing && <Pill tone="accent">sharing</Pill>}
      {audio === 'muted' && <Pill tone="plain">muted</Pill>}
      {audio === 'serverMuted' && <Pill tone="warn">muted by server</Pill>}
      <Pill tone={toneOfPresence(presence)}>{presences[presence]}</Pill>
    </li>
  )
}
