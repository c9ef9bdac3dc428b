/** The database: whether it can be opened and written, and how much room is left. */
import { existsSync, statfsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { openSqliteStore, StoreError } from '../../../snapshots/index.ts'
import { type Finding, ok, reasonOf, wrong } from './finding.ts'

/** Less room than this is used up in a busy day. */
const LEAST_FREE_MB = 500

export async function checkDatabase(path: string): Promise<readonly Finding[]> {
  const folder = dirname(resolve(path))
  try {
    const found = existsSync(path) ? await opened(path) : await notYet(path, folder)
    return [found, roomIn(folder)]
  } catch (error) {
    if (error instanceof StoreError) return [storeFinding(path, error)]
    return [
      wrong(
        'database',
        `${path} cannot be written (${reasonOf(error)}).`,
        'Set CALLCHART_DATABASE to a file in a folder that is there and may be written to.',
      ),
    ]
  }
}

async function opened(path: string): Promise<Finding> {
  const store = openSqliteStore(path)
  try {
    await store.check()
    const { live, ended } = await store.counts()
    return ok(
      'database',
      `${path} can be written; it holds ${live} live calls and ${ended} ended ones.`,
    )
  } finally {
    await store.close()
  }
}

/** Nothing is made here: a doctor leaves no traces. */
async function notYet(path: string, folder: string): Promise<Finding> {
  await access(folder, constants.W_OK | constants.X_OK)
  return ok('database', `${path} is not there yet; it can be made when the bot starts.`)
}

function storeFinding(path: string, error: StoreError): Finding {
  // Held by a running bot, it was opened and is written.
  const [held] = /in use by [^.]*/.exec(error.message) ?? []
  if (held) return ok('database', `${path} is ${held}.`)
  const what = error.message.slice(0, -error.fix.length).trimEnd()
  return wrong('database', what, error.fix)
}

function roomIn(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder)
  const freeMb = Math.round((bavail * bsize) / 1_000_000)
  if (freeMb >= LEAST_FREE_MB) return ok('disk', `${freeMb} MB are free for it.`)
  return wrong(
    'disk',
    `Only ${freeMb} MB are free for it.`,
    `Make room: at least ${LEAST_FREE_MB} MB.`,
  )
}
