/** One documented example: a request, a response or a notification, as examples files hold them. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Json } from '../../machines/words.ts'
import { jsonOf } from '../../src/graph/json.ts'

const json = z.unknown().transform((value): Json => jsonOf(value))

const entry = z.looseObject({
  id: z.string(),
  kind: z.string(),
  method: z.string().nullish(),
  url: z.string().nullish(),
  status: z.number().nullish(),
  odataType: z.string().nullish(),
  body: json.optional(),
})

export type Entry = z.output<typeof entry>

/** Whether the project does what the example shows, and if not, what it does instead. */
export type Verdict = {
  readonly passed: boolean
  /** One sentence. */
  readonly reason: string
}

export const passes = (reason: string): Verdict => ({ passed: true, reason })
export const fails = (reason: string): Verdict => ({ passed: false, reason })

/** The entries of a file: a list of them, or a list under `examples`. Throws where it is neither. */
export async function readEntries(path: string): Promise<readonly Entry[]> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'))
  const list = z.union([
    z.array(entry),
    z.object({ examples: z.array(entry) }).transform((file) => file.examples),
  ])
  return list.parse(content)
}

/** The page an entry is from: the first part of its id. */
export function pageOf({ id }: Entry): string {
  return id.split('.')[0] ?? id
}

/** The request a response answers: the same id with the last word changed, or the example's only one. */
export function requestOf(response: Entry, entries: readonly Entry[]): Entry | undefined {
  const ofOrdinal = response.id.replace(/\.response(\.\d+)?$/, '.request$1')
  const ofExample = ofOrdinal.replace(/\.request\.\d+$/, '.request')
  const requests = entries.filter(({ kind }) => kind === 'request')
  return requests.find(({ id }) => id === ofOrdinal) ?? requests.find(({ id }) => id === ofExample)
}

/** The response that answers a request. */
export function responseOf(request: Entry, entries: readonly Entry[]): Entry | undefined {
  const responses = entries.filter(({ kind }) => kind === 'response')
  const ofOrdinal = request.id.replace(/\.request(\.\d+)?$/, '.response$1')
  return (
    responses.find(({ id }) => id === ofOrdinal) ??
    responses.find((response) => requestOf(response, entries) === request)
  )
}
