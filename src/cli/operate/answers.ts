/** What the admin API answers, as far as it is printed. */
import { z } from 'zod'

const ms = z.number()

const row = z.looseObject({
  key: z.string(),
  graphId: z.string().optional(),
  status: z.string(),
  direction: z.string(),
  who: z.string(),
  chart: z.object({ id: z.string(), version: z.string() }),
  state: z.string(),
  scenario: z.array(z.string()),
  sinceMs: ms,
  endedMs: ms.optional(),
  health: z.string(),
  lastEvent: z.object({ type: z.string(), atMs: ms }).optional(),
})
export type Row = z.output<typeof row>

export const page = z.looseObject({
  rows: z.array(row),
  next: z.string().optional(),
  counts: z.looseObject({ live: z.number(), ended: z.number(), troubled: z.number() }),
})
export type Page = z.output<typeof page>

const problem = z.looseObject({ what: z.string(), fix: z.string(), atMs: ms })

const entry = z.looseObject({
  sequence: z.number(),
  atMs: ms,
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  what: z.string(),
  summary: z.string(),
  isBad: z.boolean(),
})
export type Entry = z.output<typeof entry>

export const detail = z.looseObject({
  row,
  now: z.looseObject({
    states: z.array(z.string()),
    roster: z.looseObject({
      mode: z.string(),
      size: z.number(),
      participants: z.array(
        z.looseObject({
          who: z.string(),
          kind: z.string(),
          presence: z.string(),
          audio: z.string(),
        }),
      ),
    }),
    outbox: z.array(z.looseObject({ effect: z.string(), status: z.string(), askedMs: ms })),
    timers: z.array(z.looseObject({ what: z.string(), dueMs: ms })),
    problems: z.array(problem),
  }),
  timeline: z.array(entry),
  hasEarlier: z.boolean(),
})
export type Detail = z.output<typeof detail>

export const explanation = z.looseObject({
  key: z.string(),
  status: z.string(),
  nowMs: ms,
  what: z.string(),
  because: z.array(z.looseObject({ state: z.string(), atMs: ms, what: z.string() })),
  waits: z.array(z.looseObject({ kind: z.string(), what: z.string() })),
  problems: z.array(problem),
})
export type Explanation = z.output<typeof explanation>

export const asked = z.object({ key: z.string(), asked: z.array(z.string()) })
export type Asked = z.output<typeof asked>

export const erased = z.object({ removed: z.boolean(), keys: z.array(z.string()) })
export type Erased = z.output<typeof erased>

export const placed = z.object({ key: z.string() })
