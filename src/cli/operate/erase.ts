/** `callchart erase`: a person is removed from what is remembered, by a running bot or from its database. */
import type { Command } from 'commander'
import { eraseCalls, openSqliteStore } from '../../../snapshots/index.ts'
import { print, span } from '../terminal/line.ts'
import { type Erased, erased } from './answers.ts'
import { type DeskOptions, deskAt } from './desk.ts'

type EraseOptions = DeskOptions & {
  readonly person: string
  readonly database?: string
  readonly dryRun?: true
}

const HELP = `
Every ended call in whose records the person is named is removed whole, packed
ones too. A call that still lives is not touched: then nothing is removed, and
the calls are named. Names alone ("Bob Miller") are not looked for: they are
nobody's own.

A running bot removes and works on; what is removed is written over. With
--database the bot must have stopped, and the file is made anew, so that nothing
is left in it of what was packed before. Backups and logs are not reached: see
docs/guides/operating.md.

Examples:
  $ callchart erase --person bob@contoso.com --dry-run
  $ callchart erase --person 1f2e3d4c-0000-4111-8222-333344445555
  $ callchart erase --person "+1 425 555 0100" --database ./calls.db`

/** Made of a command that knows where the bot is. */
export function eraseCommand(atDesk: Command): Command {
  return atDesk
    .description('Remove every ended call of a person for good.')
    .requiredOption('--person <who>', 'an object id, an address, or a phone number with its +')
    .option('--database <file>', 'in this database, whose bot has stopped')
    .option('--dry-run', 'only tell which calls would be removed')
    .addHelpText('after', HELP)
    .action(erase)
}

async function erase(options: EraseOptions): Promise<void> {
  const { person, json, dryRun = false, database } = options
  const answer =
    database === undefined
      ? await askBot(options, dryRun)
      : await eraseFrom(database, person, dryRun)
  if (json) console.log(JSON.stringify(answer))
  else show(answer)
}

function askBot(options: EraseOptions, dryRun: boolean): Promise<Erased> {
  const body = JSON.stringify({ person: options.person, dryRun })
  const headers = { 'Content-Type': 'application/json' }
  return deskAt(options).post('/erasures', { body, headers }, erased)
}

async function eraseFrom(database: string, person: string, dryRun: boolean): Promise<Erased> {
  const store = openSqliteStore(database, { readOnly: dryRun })
  try {
    const keys = await eraseCalls(store, person, { dryRun })
    if (!dryRun) await store.rewrite()
    return { removed: !dryRun, keys: [...keys] }
  } finally {
    await store.close()
  }
}

function show({ removed, keys }: Erased): void {
  const calls = keys.length === 1 ? '1 ended call' : `${keys.length} ended calls`
  print(span(`${calls} ${removed ? 'removed for good' : 'would be removed'}`, 'bold'))
  for (const key of keys) print(span('  '), span(key))
}
