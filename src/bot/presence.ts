/** What others are told of a bot: where it is, and whether it takes calls. */
import type { Health } from '../webhook/index.ts'

export type Presence = {
  /** Where Graph reaches it: with port 0, only known once it listens. */
  publicUrl: string
  health: Health
}
