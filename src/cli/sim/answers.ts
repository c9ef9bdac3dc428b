/** What the emulator answers to `callchart sim`, as far as it is shown. */
import { z } from 'zod'

export const truth = z.looseObject({
  id: z.string(),
  state: z.string(),
  topology: z.string(),
  muted: z.boolean(),
  sharing: z.boolean(),
  tonesSubscribed: z.boolean(),
  playing: z.string().optional(),
  roster: z.array(z.object({ name: z.string(), muted: z.boolean(), sharing: z.boolean() })),
  result: z.object({ code: z.number(), subcode: z.number() }).optional(),
})

/** What is so in a call. */
export type CallTruth = z.output<typeof truth>

export const calls = z.array(truth)
export const taken = z.object({ acknowledged: z.boolean(), status: z.number().optional() })
/** Whether a bot took a tone, and what it answered. */
export type Taken = z.output<typeof taken>
export const clockTruth = z.object({ nowMs: z.number() })
export const nothing = z.undefined()

const aboutCall = { atMs: z.number(), callId: z.string().optional() }

const entry = z.discriminatedUnion('kind', [
  z.object({ ...aboutCall, kind: z.literal('user'), who: z.string(), action: z.string() }),
  z.object({
    ...aboutCall,
    kind: z.literal('request'),
    method: z.string(),
    status: z.number(),
    fault: z.string().optional(),
  }),
  z.object({
    ...aboutCall,
    callId: z.string(),
    kind: z.literal('notification'),
    what: z.string(),
    state: z.string().optional(),
    result: z.string().optional(),
    tone: z.literal('•').optional(),
    attempts: z.number(),
    status: z.number().optional(),
    outcome: z.enum(['pending', 'acknowledged', 'dropped', 'abandoned']),
  }),
])

export const record = z.object({ record: z.array(entry) })
