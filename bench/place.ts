/** Folders for databases, on the repository's own disk: a system's temporary folder may be memory. */
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

const parent = join(import.meta.dirname, '..', 'node_modules', '.cache', 'bench')

export type Place = { readonly path: string; readonly remove: () => Promise<void> }

/** A new folder, empty. */
export async function makePlace(): Promise<Place> {
  mkdirSync(parent, { recursive: true })
  const path = await mkdtemp(join(parent, 'run-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** A folder that stays between runs, for what is long to install. */
export function keptPlace(name: string): string {
  const path = join(parent, name)
  mkdirSync(path, { recursive: true })
  return path
}
