/** Charts with their geometry, each asked for once: a chart does not change while its engine runs. */
import { signal } from '@preact/signals'
import type { ChartDetail, ChartName } from '../../../admin/protocol.ts'
import { ask } from '../api.ts'

type Wish = {
  /** This state alone; the whole chart when absent. */
  readonly path?: string
  /** `names`: states and arrows without words, so that a whole chart fits a page. */
  readonly detail?: 'names'
}

const drawn = new Map<string, ReturnType<typeof signal<ChartDetail | undefined>>>()

/** A chart as laid out by the engine; its value comes when it has been read. */
export function drawnChart({ id, version }: ChartName, wish: Wish) {
  const query = new URLSearchParams({ version, ...wish })
  const path = `charts/${encodeURIComponent(id)}?${query}`
  const known = drawn.get(path) ?? signal<ChartDetail | undefined>(undefined)
  if (!drawn.has(path)) {
    drawn.set(path, known)
    ask<ChartDetail>(path).then(
      (detail) => {
        known.value = detail
      },
      () => drawn.delete(path),
    )
  }
  return known
}
