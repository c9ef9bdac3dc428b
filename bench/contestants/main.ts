/** One contestant in a process of its own. */
import { answer } from '../remote.ts'
import { openBareLoop } from './bareLoop.ts'
import {
  type Contestant,
  type ContestantOptions,
  type Listening,
  turnsPerSecond,
} from './contestant.ts'
import { openEngine } from './engine.ts'
import { openRestate } from './restate.ts'
import { openStraightforward } from './straightforward.ts'

const builds = {
  engine: openEngine,
  bareLoop: openBareLoop,
  straightforward: openStraightforward,
  restate: openRestate,
}

export type Build = keyof typeof builds

let opened:
  | { readonly contestant: Listening | Contestant; readonly options: ContestantOptions }
  | undefined

const asks = {
  /** Resolves to where it listens. */
  open: async ({ build, ...options }: ContestantOptions & { readonly build: Build }) => {
    opened = { contestant: await builds[build](options), options }
    return opened.contestant.url
  },
  turns: ({ durationMs }: { readonly durationMs: number }) => {
    const { contestant, options } = current()
    if (!('take' in contestant)) throw new Error('It takes notifications over HTTP only.')
    return turnsPerSecond(contestant, options.callIds, durationMs)
  },
  /** Where one who looks on finds what. */
  pages: () => current().contestant.pages ?? {},
  /** Resolves once whoever looks on has been told all. */
  told: () => current().contestant.told?.(),
  close: () => current().contestant.close(),
}

export type ContestantAsks = typeof asks

answer(asks)

function current() {
  if (!opened) throw new Error('Open it first.')
  return opened
}
