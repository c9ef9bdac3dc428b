/** Goldens: one checkpoint of a call on every released version of a chart, restorable for ever. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSnapshot, encodeSnapshot } from './codec.ts'
import type { ActorEntry } from './store.ts'

/** A call as it stood in one version of its chart. */
export type Golden = {
  readonly chartId: string
  readonly chartVersion: string
  /** Where the call stood, such as `established`. */
  readonly name: string
  readonly actors: readonly ActorEntry[]
}

/** Writes a golden into `folder`, one file each, replacing the one of the same chart, version and name. */
export function writeGolden(folder: string, golden: Golden): void {
  const actors = golden.actors.map(({ actor, snapshot }) => ({
    actor,
    snapshot: decodeSnapshot(snapshot),
  }))
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, fileName(golden)),
    `${JSON.stringify({ ...golden, actors }, undefined, 2)}\n`,
  )
}

/** Every golden in `folder`, by file name. */
export function readGoldens(folder: string): readonly Golden[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => readGolden(join(folder, file)))
}

/** Snapshots are kept as JSON, not as text within it, so that a review can read them. */
type GoldenFile = Omit<Golden, 'actors'> & {
  readonly actors: readonly { readonly actor: string; readonly snapshot: object }[]
}

function readGolden(path: string): Golden {
  const golden: GoldenFile = JSON.parse(readFileSync(path, 'utf8'))
  const actors = golden.actors.map(({ actor, snapshot }) => ({
    actor,
    snapshot: encodeSnapshot(snapshot),
  }))
  return { ...golden, actors }
}

function fileName({ chartId, chartVersion, name }: Golden): string {
  return `${[chartId, chartVersion, name].map(encodeURIComponent).join('@')}.json`
}
