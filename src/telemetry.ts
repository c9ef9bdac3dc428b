/** What the engine lets others watch: one closed list of records. They are told as they
 * happen; when the commit that holds them fails, `commitFailed` tells that they have been undone. */
import type { GraphFault } from '../machines/words.ts'

/** One thing that happened. Private parts are never in it; `atMs` is the engine's clock. */
export type EngineRecord =
  | {
      readonly kind: 'notified'
      readonly atMs: number
      readonly key: string
      readonly what: string
    }
  | {
      readonly kind: 'turned'
      readonly atMs: number
      readonly key: string
      readonly event: string
      /** The chart's active states after the event, e.g. `signalling.established`. */
      readonly states: readonly string[]
    }
  | {
      readonly kind: 'asked'
      readonly atMs: number
      readonly key: string
      readonly effect: string
      readonly command: string
    }
  | {
      readonly kind: 'settled'
      readonly atMs: number
      readonly key: string
      readonly effect: string
      readonly command: string
      readonly status: string
      readonly fault?: GraphFault | undefined
    }
  | {
      readonly kind: 'emitted'
      readonly atMs: number
      readonly key: string
      readonly event: string
    }
  | {
      readonly kind: 'quarantined'
      readonly atMs: number
      readonly key: string
      readonly event: string
      readonly reason: string
    }
  | { readonly kind: 'ended'; readonly atMs: number; readonly key: string }
  /** A notification about a call nobody knows: looked up and taken up, refused, or already over. */
  | {
      readonly kind: 'unknownCall'
      readonly atMs: number
      readonly key: string
      readonly outcome: 'adopted' | 'refused' | 'over'
    }
  /** A notification that was not taken, and why. */
  | {
      readonly kind: 'refused'
      readonly atMs: number
      readonly key: string
      readonly reason: string
    }
  /** Calls of a process before this one are found in the store; `recovered` when each was taken up. */
  | { readonly kind: 'recovering'; readonly atMs: number; readonly calls: number }
  /** A stored call could not be taken up; it is tried again. */
  | {
      readonly kind: 'takeUpFailed'
      readonly atMs: number
      readonly key: string
      readonly reason: string
    }
  | {
      readonly kind: 'recovered'
      readonly atMs: number
      readonly calls: number
      readonly effects: number
    }
  /** The bot takes no new calls; those it has are waited for until `untilMs`. */
  | {
      readonly kind: 'draining'
      readonly atMs: number
      readonly calls: number
      readonly untilMs: number
    }
  /** The wait is over: so many calls still live, which the next process goes on with. */
  | { readonly kind: 'drained'; readonly atMs: number; readonly calls: number }
  | {
      readonly kind: 'commitFailed'
      readonly atMs: number
      readonly calls: number
      readonly reason: string
    }

/** Takes records as they come; must not throw or wait. */
export type Observer = (record: EngineRecord) => void

/** Watches nothing. */
export const unobserved: Observer = () => {}
