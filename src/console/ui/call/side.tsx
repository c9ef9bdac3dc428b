/** Beside the ladder: the people, what is owed and due, the context, what went wrong, and the world's deeds. */
import type { JSX } from 'preact'
import { about } from '../about.ts'
import { Empty, ProblemBox } from '../parts/basics.tsx'
import { type Tab, Tabs } from '../parts/tabs.tsx'
import { linkTo } from '../route.ts'
import { exactTime } from '../words.ts'
import { Deeds } from '../world/deeds.tsx'
import { ContextTree } from './context.tsx'
import { at, moment } from './moment.ts'
import { open } from './open.ts'
import { Owed } from './owed.tsx'
import { People } from './people.tsx'

export function Side(): JSX.Element | null {
  const shown = open.value
  if (!shown) return null
  const { now, row } = shown
  const past = at.value === undefined ? undefined : moment.value
  const roster = past?.roster ?? now.roster
  const timers = past?.timers ?? now.timers
  const outbox = past?.outbox ?? now.outbox
  const isOpen = ({ status }: (typeof outbox)[number]) =>
    ['owed', 'sent', 'running', 'inDoubt', 'asked'].includes(status)
  const world = about.value?.world && row.graphId !== undefined && row.status === 'live'
  const tabs: readonly Tab[] = [
    { name: 'Roster', note: roster.size, panel: () => <People roster={roster} /> },
    {
      name: 'Owed and due',
      note: outbox.filter(isOpen).length + timers.length,
      panel: () => <Owed outbox={outbox} timers={timers} />,
    },
    { name: 'Context', panel: () => <ContextTree /> },
    {
      name: 'Problems',
      note: now.problems.length,
      isBad: now.problems.length > 0,
      panel: () => <Problems />,
    },
    ...(world ? [{ name: 'Act', panel: () => <Deeds graphId={row.graphId ?? ''} /> }] : []),
  ]
  return <Tabs label="About this call" tabs={tabs} />
}

function Problems(): JSX.Element {
  const shown = open.value
  if (!shown || shown.now.problems.length === 0) {
    return <Empty title="No problems">Nothing failed, is in doubt or was put aside.</Empty>
  }
  const { key } = shown.row
  return (
    <ol class="problems">
      {shown.now.problems.map((problem) => (
        <li key={`${problem.atMs} ${problem.code} ${problem.what}`}>
          <p class="soft">
            {exactTime(problem.atMs)}{' '}
            {problem.sequence !== undefined && (
              <a href={linkTo({ view: 'call', key, at: problem.sequence })}>
                entry {problem.sequence}
              </a>
            )}
          </p>
          <ProblemBox problem={problem} />
        </li>
      ))}
    </ol>
  )
}
