/** What a person does in a call: one small command each. */
import { Command } from 'commander'
import { CallchartError } from '../../errors.ts'
import { whole } from '../numbers.ts'
import { dialKeys } from '../people.ts'
import { print, type Span, span } from '../terminal/line.ts'
import { type CallTruth, calls, type Taken, taken, truth } from './answers.ts'
import { Control } from './control.ts'
import type { SimOptions } from './index.ts'
import { printCalls } from './printCalls.ts'

type DeedOptions = SimOptions & {
  readonly call?: string
  readonly who?: string
  readonly stop?: true
}

/** A deed whose whole wish is who does it. */
type Deed = {
  readonly name: string
  readonly text: string
  readonly who: 'needed' | 'optional' | 'nobody'
}

const deeds: readonly Deed[] = [
  { name: 'hangup', text: 'The caller, or whoever is named, hangs up.', who: 'optional' },
  { name: 'join', text: 'Somebody joins: a call of two becomes a group call.', who: 'needed' },
  {
    name: 'escalate',
    text: 'The other party of a call of two adds somebody, who is rung.',
    who: 'needed',
  },
  { name: 'leave', text: 'Somebody leaves a group call.', who: 'needed' },
  { name: 'mute', text: 'Somebody mutes.', who: 'optional' },
  { name: 'unmute', text: 'Somebody unmutes.', who: 'optional' },
  { name: 'hold', text: 'Somebody puts the call on hold.', who: 'optional' },
  { name: 'resume', text: 'Somebody takes the call off hold.', who: 'optional' },
  { name: 'change-shared', text: 'Somebody shares something else.', who: 'optional' },
  { name: 'finish-prompt', text: 'The prompt now playing comes to its end.', who: 'nobody' },
  { name: 'admit', text: 'The bot is let in from the lobby.', who: 'nobody' },
  { name: 'remove-bot', text: 'Somebody removes the bot.', who: 'nobody' },
]

export function deedCommands(): Command[] {
  return [pressCommand(), sayCommand(), shareCommand(), ...deeds.map(deedCommand)].map((command) =>
    command.option('--call <id>', 'which call, by its id or how it begins; default: the newest'),
  )
}

function pressCommand(): Command {
  return new Command('press')
    .description('The caller presses keys.')
    .argument('<keys>', 'one or more of 0-9 * # A-D', dialKeys)
    .action(async (keys: string, options: DeedOptions) => {
      const control = new Control(options.url)
      const { id } = await callOf(control, options)
      const answers: Taken[] = []
      for (const key of keys) {
        const answer = await control.post(`/emulator/calls/${id}/press`, { tone: key }, taken)
        answers.push(answer)
        if (!options.json) print(spanOf(answer))
      }
      if (options.json) console.log(JSON.stringify(answers))
    })
}

function spanOf({ acknowledged, status }: Taken): Span {
  if (acknowledged) return span('The bot took the tone.', 'green')
  return span(
    status
      ? `The bot answered ${status}.`
      : 'The bot has not subscribed to tones: nobody heard it.',
    'yellow',
  )
}

function sayCommand(): Command {
  return new Command('say')
    .description('The caller speaks; only a bot that records notices.')
    .argument('<ms>', 'for how many milliseconds', whole(1))
    .action((durationMs: number, options: DeedOptions) => act('say', options, { durationMs }))
}

function shareCommand(): Command {
  return new Command('share')
    .description('Somebody shares the screen.')
    .argument('[who]', 'default: the caller')
    .option('--stop', 'stop sharing')
    .action((who: string | undefined, options: DeedOptions) =>
      act('share', options, { who, sharing: options.stop !== true }),
    )
}

function deedCommand({ name, text, who }: Deed): Command {
  const command = new Command(name).description(text)
  if (who === 'nobody') return command.action((options: DeedOptions) => act(name, options, {}))
  return command
    .argument(who === 'needed' ? '<who>' : '[who]', 'address, e.g. carol@contoso.com')
    .action((address: string | undefined, options: DeedOptions) =>
      act(name, options, { who: address }),
    )
}

async function act(name: string, options: DeedOptions, wish: object): Promise<void> {
  const control = new Control(options.url)
  const { id } = await callOf(control, options)
  const after = await control.post(`/emulator/calls/${id}/${name}`, wish, truth)
  if (options.json) console.log(JSON.stringify(after))
  else printCalls([after])
}

async function callOf(control: Control, { call }: DeedOptions): Promise<CallTruth> {
  const known = await control.get('/emulator/calls', calls)
  const found = known.findLast(({ id, state }) =>
    call === undefined ? state !== 'terminated' : id.startsWith(call),
  )
  if (found) return found
  throw new CallchartError({
    code: 'sim.noCall',
    what: call === undefined ? 'There is no call that lives.' : `No call's id begins with ${call}.`,
    fix: 'Ring first: callchart sim ring --from bob@fabrikam.com. "callchart sim calls" lists all.',
  })
}
