/** `callchart backup` and `callchart restore`: copies of the database, taken while a bot works and put back. */
import { Command } from 'commander'
import {
  backupDatabase,
  type Copied,
  type CopyProgress,
  openSqliteStore,
  restoreDatabase,
} from '../../snapshots/index.ts'
import { Charts, refuseForeignCharts } from '../engine/index.ts'
import { type LoadOptions, loadBot } from './loadBot.ts'
import { printFacts } from './terminal/facts.ts'
import { span } from './terminal/line.ts'

type BackupOptions = { readonly json?: true }
type RestoreOptions = BackupOptions & LoadOptions & { readonly bot?: string }

const BACKUP_HELP = `
The copy is of one instant, one file, and checked whole before it gets its name.
The bot works on meanwhile. It holds what the database holds: names, numbers and
addresses of people. An erasure does not reach it: see docs/guides/operating.md.

Examples:
  $ callchart backup ./calls.db ./backups/2026-11-26.db
  $ callchart backup ./calls.db ./backups/$(date +%F).db --json`

const RESTORE_HELP = `
Nothing is replaced: move the old database away first. Its process must have
stopped. Calls go on from where the backup knew them, once the bot starts: Graph
is asked how each one stands, those that are over end, and calls begun since are
taken up when Graph speaks of them. With --bot, restoring is refused where the
bot could not go on with the calls.

Examples:
  $ callchart restore ./backups/2026-11-26.db ./calls.db --bot ./bot.ts`

export function backupCommand(): Command {
  return new Command('backup')
    .description('Copy the database of a bot, which may work on meanwhile.')
    .argument('<database>', 'the SQLite file that remembers the calls')
    .argument('<backup>', 'the file to write; it must not be there yet')
    .option('--json', 'the result as one line of JSON')
    .addHelpText('after', BACKUP_HELP)
    .action(backup)
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Put a backup in the place of a database.')
    .argument('<backup>', 'a file that callchart backup wrote')
    .argument('<database>', 'the file to write; it must not be there')
    .option('--bot <file>', 'module of the bot that shall go on with the calls')
    .option('--chart <name>', 'which of its exports is the chart')
    .option('--json', 'the result as one line of JSON')
    .addHelpText('after', RESTORE_HELP)
    .action(restore)
}

async function backup(database: string, to: string, { json }: BackupOptions): Promise<void> {
  const copied = await backupDatabase(database, to, progressOf('copied'))
  tell({ backup: to, ...copied }, 'Backed up', to, copied, json)
}

async function restore(from: string, database: string, options: RestoreOptions): Promise<void> {
  if (options.bot !== undefined) await refuseWhatCannotGoOn(from, options.bot, options)
  const copied = await restoreDatabase(from, database, progressOf('restored'))
  tell({ database, ...copied }, 'Restored', database, copied, options.json)
}

async function refuseWhatCannotGoOn(
  backupPath: string,
  bot: string,
  options: LoadOptions,
): Promise<void> {
  const loaded = await loadBot(bot, options)
  const store = openSqliteStore(backupPath, { readOnly: true })
  try {
    await refuseForeignCharts(store, new Charts(loaded.bot))
  } finally {
    await store.close()
  }
}

function tell(
  result: object,
  done: string,
  path: string,
  { bytes, live, ended }: Copied,
  json: true | undefined,
): void {
  if (json) console.log(JSON.stringify(result))
  else {
    printFacts([span(done, 'bold'), span(`, and checked whole: ${path}`)], {
      calls: `${live} live, ${ended} ended`,
      size: megabytes(bytes),
    })
  }
}

/** Tells on a terminal how far it is, in one line that is written over. */
function progressOf(done: string): CopyProgress {
  const { stderr } = process
  if (!stderr.isTTY) return () => {}
  return (copied, all) => {
    stderr.write(`\r\u001b[K${megabytes(copied)} of ${megabytes(all)} ${done}`)
    if (copied === all) stderr.write('\r\u001b[K')
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
