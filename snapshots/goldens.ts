/** Goldens: one checkpoint of a call on every released version of a chart, restorable for ever. */
import { hash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSnapshot, encodeSnapshot } from './codec.ts'
import type { ActorEntry, StoredCall } from './store.ts'

/** A call as it stood in one version of its chart. */
export type Golden = {
  readonly chartId: string
  readonly chartVersion: string
  /** Where the call stood, such as `established`. */
  readonly name: string
  readonly actors: readonly ActorEntry[]
}

/** The list of what `folder` holds, with the checksum of each: grows, and never changes a line. */
const SUMS = 'SHA256SUMS'

/** Adds a golden to `folder`; throws where there is one of the same chart, version and name. */
export function addGolden(folder: string, golden: Golden): void {
  const actors = golden.actors.map(({ actor, snapshot }) => ({
    actor,
    snapshot: decodeSnapshot(snapshot),
  }))
  const name = fileName(golden)
  const text = `${JSON.stringify({ ...golden, actors }, undefined, 2)}\n`
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text, { flag: 'wx' })
  appendFileSync(join(folder, SUMS), `${hash('sha256', text)}  ${name}\n`)
}

/** The goldens of `folder` that were removed, rewritten, or put there by another hand. */
export function changedGoldens(folder: string): readonly string[] {
  const sums = new Map(sumsIn(folder))
  const files = new Set(readdirSync(folder).filter((file) => file.endsWith('.json')))
  const removed = [...sums.keys()].filter((name) => !files.has(name))
  const foreign = [...files].filter((name) => !sums.has(name))
  const rewritten = [...files].filter((name) => {
    const sum = sums.get(name)
    return sum !== undefined && hash('sha256', readFileSync(join(folder, name))) !== sum
  })
  return [
    ...removed.map((name) => `${name} was removed`),
    ...rewritten.map((name) => `${name} was rewritten`),
    ...foreign.map((name) => `${name} is not in ${SUMS}`),
  ]
}

function sumsIn(folder: string): (readonly [name: string, sum: string])[] {
  const lines = readFileSync(join(folder, SUMS), 'utf8').split('\n')
  return lines.filter(Boolean).map((line) => {
    const [sum = '', name = ''] = line.split('  ')
    return [name, sum] as const
  })
}

/** A golden as the store would hold a call that stands there. */
export function storedGolden({ chartId, chartVersion, name, actors }: Golden): StoredCall {
  return {
    key: name,
    graphId: undefined,
    status: 'live',
    chartId,
    chartVersion,
    sequence: 1,
    snapshotSequence: 1,
    actors,
    journal: [],
    timers: [],
    outbox: [],
  }
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
