/** The calls that live, each with the way to it. */
import type { JSX } from 'preact'
import { rows, version } from '../calls/live.ts'
import { Card, Pill } from '../parts/basics.tsx'
import { toneOfState } from '../parts/tones.ts'
import { linkTo } from '../route.ts'
import { plural } from '../words.ts'

const MOST = 50

export function Present(): JSX.Element {
  version.value
  const live = [...rows.values()]
    .filter(({ status }) => status === 'live')
    .toSorted((one, other) => other.sinceMs - one.sinceMs)
  return (
    <Card title="Calls that live" note={plural(live.length, 'call')} class="present">
      <div class="body">
        {live.length === 0 && <p class="soft padded">No calls yet: ring one.</p>}
        <ul>
          {live.slice(0, MOST).map((row) => (
            <li key={row.key}>
              <a class="cut" href={linkTo({ view: 'call', key: row.key })}>
                {row.who || row.key}
              </a>
              <code class="soft cut">{row.scenario.join(', ')}</code>
              <Pill tone={toneOfState(row)}>{row.state}</Pill>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}
