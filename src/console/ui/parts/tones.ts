/** Which colour says what: the same in every view. */
import type { CallRow, EffectStatus, ParticipantRow, PastStatus } from '../../../admin/protocol.ts'
import type { Tone } from './basics.tsx'

export function toneOfState(row: CallRow): Tone {
  if (row.status === 'ended') return ''
  return /^(established|hold)/.test(row.state) ? 'good' : 'accent'
}

const healths: Readonly<Record<CallRow['health'], Tone>> = {
  good: 'good',
  doubtful: 'warn',
  troubled: 'bad',
}

export function toneOfHealth(health: CallRow['health']): Tone {
  return healths[health]
}

const effects: Readonly<Record<EffectStatus | PastStatus, Tone>> = {
  asked: 'accent',
  owed: 'accent',
  sent: 'accent',
  running: 'accent',
  inDoubt: 'warn',
  done: 'good',
  failed: 'bad',
  dropped: '',
  untold: '',
}

export function toneOfEffect(status: EffectStatus | PastStatus): Tone {
  return effects[status]
}

export function toneOfPresence(presence: ParticipantRow['presence']): Tone {
  if (presence === 'joined') return 'good'
  if (presence === 'inLobby' || presence === 'onHold') return 'warn'
  return presence === 'left' ? '' : 'accent'
}
