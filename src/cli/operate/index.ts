/**
 * What operators do from a terminal: `callchart calls`, `show`, `explain`, `nudge`, `end`, `call`, `erase`.
 *
 * May import: the admin API, what the CLI is made of. Read: this file (the commands), desk (where they ask),
 * answers and show; erase. Not here: the admin API itself (src/admin).
 */
import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { CallchartError } from '../../errors.ts'
import { whole } from '../numbers.ts'
import { print, span } from '../terminal/line.ts'
import { type Asked, asked, detail, explanation, page, placed } from './answers.ts'
import {
  type Desk,
  type DeskOptions,
  deskAt,
  type ReadingOptions,
  reading,
  withDatabase,
  withDesk,
} from './desk.ts'
import { eraseCommand } from './erase.ts'
import { showCall, showCalls, showExplanation } from './show.ts'

type ListOptions = ReadingOptions & {
  readonly status: string
  readonly text?: string
  readonly state?: string
  readonly after?: string
  readonly limit: number
}
type ShowOptions = ReadingOptions & { readonly entries: number }
type CallOptions = DeskOptions & {
  readonly chart?: string
  readonly request?: string
  readonly idempotencyKey?: string
}

const TOKEN_HELP = `
CALLCHART_ADMIN_TOKEN opens the bot's admin API; set it to the bot's own. A call
is named by its key or, while it lives, by the beginning of it.`

export function operatorCommands(): readonly Command[] {
  return [
    withDatabase(new Command('calls'))
      .description('List calls, the newest first.')
      .addOption(
        new Option('--status <status>', 'which').choices(['live', 'ended']).default('live'),
      )
      .option('--text <text>', 'only those with these words in their row')
      .option('--state <state>', 'only live ones in this state')
      .option('--after <place>', 'go on from where a list ended')
      .option('--limit <count>', 'rows at most', whole(1, 500), 50)
      .addHelpText(
        'after',
        `${TOKEN_HELP}\n\nExamples:\n  $ callchart calls\n  $ callchart calls --text bob@fabrikam.com\n  $ callchart calls --status ended --database ./calls.db --bot ./bot.ts`,
      )
      .action(list),
    withDatabase(new Command('show'))
      .description('Show one call: who is on it, what it asked for, what is due, its timeline.')
      .argument('<key>', 'the call')
      .option('--entries <count>', 'entries of the timeline', whole(1, 500), 30)
      .addHelpText(
        'after',
        `${TOKEN_HELP}\n\nExamples:\n  $ callchart show 5f0c1d2e\n  $ callchart show 5f0c1d2e --json`,
      )
      .action(show),
    withDatabase(new Command('explain'))
      .description(
        'Say why a call is where it is: what led there, what it waits for, what is wrong.',
      )
      .argument('<key>', 'the call')
      .addHelpText('after', `${TOKEN_HELP}\n\nExamples:\n  $ callchart explain 5f0c1d2e`)
      .action(explain),
    withDesk(new Command('nudge'))
      .description('Let a call ask Graph now how it stands.')
      .argument('<key>', 'the call')
      .addHelpText('after', `${TOKEN_HELP}\n\nExamples:\n  $ callchart nudge 5f0c1d2e`)
      .action(nudge),
    withDesk(new Command('end'))
      .description('End a call: hang up, or reject it while it rings.')
      .argument('<key>', 'the call')
      .addHelpText('after', `${TOKEN_HELP}\n\nExamples:\n  $ callchart end 5f0c1d2e`)
      .action(end),
    withDesk(new Command('call'))
      .description('Place a call.')
      .argument('[target...]', 'whom: an object id, user@domain, + and digits, application:<id>')
      .option('--chart <id>', 'the chart it runs on, where the bot has several')
      .option('--request <file>', 'all that createCall takes, as JSON in a file')
      .option(
        '--idempotency-key <key>',
        'a word of your own: asked for again under it, it is the same call',
      )
      .addHelpText(
        'after',
        `${TOKEN_HELP}\n\nExamples:\n  $ callchart call bob@contoso.com\n  $ callchart call +14255550100 --chart reminder --idempotency-key invoice-4711`,
      )
      .action(place),
    eraseCommand(withDesk(new Command('erase'))),
  ]
}

function list(options: ListOptions): Promise<void> {
  const { status, text, state, after, limit } = options
  const query = new URLSearchParams({ status, limit: String(limit) })
  for (const [name, value] of Object.entries({ text, state, after }))
    if (value !== undefined) query.set(name, value)
  return reading(options, async (desk) => {
    tell(options, await desk.get(`/calls?${query}`, page), showCalls)
  })
}

function show(given: string, options: ShowOptions): Promise<void> {
  return reading(options, async (desk) => {
    const path = await pathOf(desk, given)
    tell(options, await desk.get(`${path}?limit=${options.entries}`, detail), showCall)
  })
}

function explain(given: string, options: ReadingOptions): Promise<void> {
  return reading(options, async (desk) => {
    const path = await pathOf(desk, given)
    tell(options, await desk.get(`${path}/explain`, explanation), showExplanation)
  })
}

async function nudge(given: string, options: DeskOptions): Promise<void> {
  const desk = deskAt(options)
  const answer = await desk.post(`${await pathOf(desk, given)}/nudge`, {}, asked)
  tell(options, answer, (told) =>
    showAsked(told, 'It has nothing to ask yet: Graph has not named the call.'),
  )
}

async function end(given: string, options: DeskOptions): Promise<void> {
  const desk = deskAt(options)
  const answer = await desk.post(`${await pathOf(desk, given)}/end`, {}, asked)
  tell(options, answer, (told) => showAsked(told, 'It is being ended already.'))
}

function showAsked({ key, asked: effects }: Asked, nothing: string): void {
  print(span(key, 'bold'))
  print(span('  '), span(effects.length > 0 ? `asks Graph: ${effects.join(', ')}` : nothing))
}

async function place(targets: readonly string[], options: CallOptions): Promise<void> {
  const { chart, idempotencyKey } = options
  const request = { ...requestIn(options.request), ...(targets.length > 0 && { targets }) }
  if (Object.keys(request).length === 0) throw noTarget()
  const answer = await deskAt(options).post(
    '/calls',
    {
      body: JSON.stringify({ request, ...(chart !== undefined && { chart }) }),
      headers: {
        'Content-Type': 'application/json',
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      },
    },
    placed,
  )
  tell(options, answer, ({ key }) => print(span(key, 'bold')))
}

/** The path of a call, by its key or by the beginning that only one live call has. */
async function pathOf(desk: Desk, given: string): Promise<string> {
  const { rows } = await desk.get(`/calls?limit=500&text=${encodeURIComponent(given)}`, page)
  const [only, ...others] = rows.filter(({ key }) => key.startsWith(given))
  const isOne = only !== undefined && others.length === 0
  return `/calls/${encodeURIComponent(isOne ? only.key : given)}`
}

function requestIn(path: string | undefined): object {
  if (path === undefined) return {}
  try {
    const request: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof request === 'object' && request !== null) return request
  } catch (cause) {
    throw badRequest(path, cause)
  }
  throw badRequest(path, undefined)
}

function tell<Answer>(
  { json }: DeskOptions,
  answer: Answer,
  showIt: (answer: Answer) => void,
): void {
  if (json) console.log(JSON.stringify(answer))
  else showIt(answer)
}

function noTarget(): CallchartError {
  return new CallchartError({
    code: 'option.invalid',
    what: 'Nobody is named to be called.',
    fix: 'Name a target, or give --request for a call into a meeting.',
  })
}

function badRequest(path: string, cause: unknown): CallchartError {
  return new CallchartError({
    code: 'option.invalid',
    what: `${path} holds no JSON object.`,
    fix: 'Give a file with what createCall takes: { "targets": "bob@contoso.com" }.',
    cause,
  })
}
