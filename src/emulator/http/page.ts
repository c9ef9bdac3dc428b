/** The page at `/`: what is here and how to use it. */
import { methods } from '../methods/index.ts'

const control = [
  'POST /emulator/apps {id, webhook, secret?, roles?, tenantId?, name?}   register a bot',
  'POST /emulator/ring {from, to?, modalities?}                           ring a bot',
  'GET  /emulator/calls, /emulator/calls/{id}                             what is true of calls',
  'POST /emulator/calls/{id}/press {tone}',
  'POST /emulator/calls/{id}/finish-prompt | say {durationMs} | hangup {who?}',
  'POST /emulator/calls/{id}/join {who} | leave {who} | mute {who?} | unmute {who?}',
  'POST /emulator/calls/{id}/share {sharing?, who?} | remove-bot | admit',
  'POST /emulator/people/{address}/script {script: answer|decline|ignore|manual}',
  'POST /emulator/people/{address}/pick-up | decline',
  'POST /emulator/meetings {organizer?, threadId?, joinMeetingId?, passcode?, lobby?}',
  'POST /emulator/faults {duplicate, reorder, delay, drop, throttle, fail, slow, cut: 0..1, ...}',
  'POST /emulator/keys/rotate                                             new signing key',
  'POST /emulator/clock/advance {ms}                                      simulated clock only',
  'GET  /emulator/record                                                  what was asked and told',
  'GET  /emulator/events                                                  the same, live (SSE)',
]

/** The page, with addresses as the reader reached them. */
export function frontPage(origin: string): string {
  const served = methods.map(({ name, path, verb }) => {
    return `  ${verb.padEnd(6)} /v1.0/communications${path}`.padEnd(78) + name
  })
  return [
    "Callchart's emulator: the Microsoft Graph calling service on this machine.",
    '',
    'Point a bot here:',
    `  Graph                    ${origin}/v1.0`,
    `  tokens                   ${origin}/{tenant}/oauth2/v2.0/token`,
    `  notification keys        ${origin}/v1/.well-known/OpenIdConfiguration`,
    '',
    "Graph's methods (also below /v1.0/app):",
    ...served,
    '',
    'Control (from this machine only; JSON bodies):',
    ...control.map((line) => `  ${line}`),
    '',
  ].join('\n')
}
