/** The emulated world: ring the bot, make things go wrong, move its clock, kill the engine. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { roughSpan } from '../../../../snapshots/spans.ts'
import type { Told } from '../../../admin/protocol.ts'
import { about, readAbout } from '../about.ts'
import { Refused, tell } from '../api.ts'
import { totals } from '../calls/live.ts'
import { Card, Empty, ProblemBox } from '../parts/basics.tsx'
import { connection } from '../stream.ts'
import { plural } from '../words.ts'
import { Called } from './called.tsx'
import { Faults } from './faults.tsx'
import { Present } from './present.tsx'
import { RingForm } from './ring.tsx'

/** Does something in the world, and shows the answer where it was refused. */
export type Act = (path: string, body: object) => Promise<void>

export function WorldView(): JSX.Element {
  const problem = useSignal<Told | undefined>(undefined)
  const world = about.value?.world
  if (!world) {
    return (
      <main>
        <h1 class="visually-hidden">The emulated world</h1>
        <Empty title="No emulated world here">
          <p>This engine works for Microsoft Graph. To try a bot without an account:</p>
          <code>npx callchart start ./bot.ts</code>
        </Empty>
      </main>
    )
  }
  const act: Act = async (path, body) => {
    problem.value = undefined
    try {
      await tell(path, body)
    } catch (found) {
      if (found instanceof Refused) problem.value = found
    }
    await readAbout()
  }
  return (
    <main class="world">
      <h1 class="visually-hidden">The emulated world</h1>
      {problem.value && <ProblemBox problem={problem.value} />}
      <div class="columns">
        <RingForm act={act} />
        <Clock act={act} aheadMs={world.aheadMs} />
        <Kill act={act} />
        <Called act={act} />
        <Faults act={act} dials={world.faults} />
        <Present />
      </div>
    </main>
  )
}

const jumps = [
  ['10 s', 10_000],
  ['1 min', 60_000],
  ['10 min', 600_000],
  ['1 h', 3_600_000],
] as const

function Clock({ act, aheadMs }: { readonly act: Act; readonly aheadMs: number }): JSX.Element {
  return (
    <Card title="Clock" note={aheadMs === 0 ? 'as this machine' : `${roughSpan(aheadMs)} ahead`}>
      <div class="body padded">
        <p class="soft">Deadlines, prompts and timers fall due as if the time had passed.</p>
        <div class="buttons">
          {jumps.map(([name, ms]) => (
            <button
              key={name}
              type="button"
              aria-label={`Advance by ${name}`}
              onClick={() => void act('world/clock/advance', { ms })}
            >
              +{name}
            </button>
          ))}
        </div>
      </div>
    </Card>
  )
}

const DOWN_MS = 3_000

function Kill({ act }: { readonly act: Act }): JSX.Element {
  const live = totals.value?.counts.live ?? 0
  const isDown = connection.value === 'lost'
  return (
    <Card title="Engine" note={isDown ? 'down' : plural(live, 'live call')}>
      <div class="body padded">
        <p class="soft">
          Killed at once, finishing nothing; started again on the same database {roughSpan(DOWN_MS)}{' '}
          later. Every call goes on.
        </p>
        <div class="buttons">
          <button
            type="button"
            class="grave"
            disabled={isDown}
            onClick={() => void act('world/engine/restart', { downMs: DOWN_MS })}
          >
            Kill the engine
          </button>
        </div>
      </div>
    </Card>
  )
}
