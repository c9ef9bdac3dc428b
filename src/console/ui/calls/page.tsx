/** Every call in a live table, with counts and rates above it. */
import type { JSX } from 'preact'
import { about } from '../about.ts'
import { Empty, ProblemBox } from '../parts/basics.tsx'
import { count } from '../words.ts'
import { chosen, isFiltered, showAll } from './chosen.ts'
import { Figures } from './figures.tsx'
import { Filters } from './filters.tsx'
import { isWhole, listProblem, rows } from './live.ts'
import { OlderCalls } from './olderCalls.tsx'
import { Table } from './table.tsx'

export function CallsView(): JSX.Element {
  return (
    <main class="calls">
      <h1 class="visually-hidden">Calls</h1>
      <Figures />
      <Filters />
      <OlderCalls />
      {listProblem.value && <ProblemBox problem={listProblem.value} />}
      {chosen.value.length > 0 ? <Table listed={chosen.value} /> : <Nothing />}
    </main>
  )
}

function Nothing(): JSX.Element {
  if (!isWhole.value) return <Empty title="Reading the calls …" />
  if (isFiltered.value) {
    return (
      <Empty title="No call is like that">
        <p>{count(rows.size)} are listed when nothing is left out.</p>
        <button type="button" onClick={showAll}>
          Show all
        </button>
      </Empty>
    )
  }
  return (
    <Empty title="No calls yet">
      {about.value?.world ? (
        <p>
          Ring one: <a href="#/world">open the emulated world</a>, or in a second terminal
        </p>
      ) : (
        <p>The next call that Microsoft Graph tells of appears here by itself.</p>
      )}
      {about.value?.world && <code>npx callchart sim ring --from bob@fabrikam.com</code>}
    </Empty>
  )
}
