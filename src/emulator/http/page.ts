/** The page at `/`: what is here and how to use it. */
import { methods } from '../methods/index.ts'
import { pathOf } from './paths.ts'

const control = [
  'POST /emulator/apps {id, webhook, secret?, roles?, tenantId?, name?}   register a bot',
  'POST /emulator/ring {from, to?, onBehalfOf?, modalities?}              ring a bot',
  'POST /emulator/policy-calls {user, to?, meeting?, otherSide?}          a recording policy calls a bot',
  'GET  /emulator/calls, /emulator/calls/{id}                             what is true of calls',
  'POST /emulator/calls/{id}/press {tone}',
  'POST /emulator/calls/{id}/finish-prompt | say {durationMs} | hangup {who?}',
  'POST /emulator/calls/{id}/join {who, interactive?} | escalate {who} | leave {who} | mute {who?} | unmute {who?}',
  'POST /emulator/calls/{id}/share {sharing?, who?} | change-shared {who?} | camera {on?, who?}',
  'POST /emulator/calls/{id}/hold {who?} | resume {who?} | transcribe {on?} | remove-bot | admit',
  'POST /emulator/calls/{id}/policy-join {who} | policy-leave {who}',
  'POST /emulator/calls/{id}/end {code, subcode}                          for any documented reason',
  'POST /emulator/people/{address}/script {script: answer|decline|ignore|manual}',
  'POST /emulator/people/{address}/pick-up | decline',
  'POST /emulator/meetings {organizer?, threadId?, joinMeetingId?, passcode?, lobby?}',
  'POST /emulator/meetings/{id}/recordings {durationMs?}                  record a meeting',
  'POST /emulator/faults {duplicate, reorder, delay, drop, throttle, fail, slow, cut: 0..1, ...}',
  'POST /emulator/keys/rotate                                             new signing key',
  'POST /emulator/clock/advance {ms}                                      simulated clock only',
  'GET  /emulator/record                                                  what was asked and told',
  'GET  /emulator/events                                                  the same, live (SSE)',
]

/** The page, with addresses as the reader reached them. */
export function frontPage(origin: string): string {
  const served = methods.map(
    (method) => `  ${method.verb.padEnd(6)} ${pathOf(method)}`.padEnd(78) + method.name,
  )
  return [
    "Callchart's emulator: the Microsoft Graph calling service on this machine.",
    '',
    'Point a bot here:',
    `  Graph                    ${origin}/v1.0`,
    `  tokens                   ${origin}/{tenant}/oauth2/v2.0/token`,
    `  notification keys        ${origin}/v1/.well-known/OpenIdConfiguration`,
    '',
    "Graph's methods (also below /beta; /app is another name for /communications, /users/{id} for /me):",
    ...served,
    '',
    'Control (from this machine only; JSON bodies):',
    ...control.map((line) => `  ${line}`),
    '',
  ].join('\n')
}
