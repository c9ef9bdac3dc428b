/** The page's frame: what is above every view, and which view is shown. */
import type { JSX } from 'preact'
import { about } from './about.ts'
import { access } from './api.ts'
import { CallView } from './call/page.tsx'
import { CallsView } from './calls/page.tsx'
import { ArrowTip } from './chart/picture.tsx'
import { ChartsView } from './charts/page.tsx'
import { Door } from './door.tsx'
import { Empty } from './parts/basics.tsx'
import { route } from './route.ts'
import { connection } from './stream.ts'
import { theme, turnTheme } from './theme.ts'
import { WorldView } from './world/page.tsx'

export function App(): JSX.Element {
  if (access.value === 'closed') return <Door />
  if (access.value === 'absent') {
    return (
      <main>
        <Empty title="The console is closed">
          <p>
            This engine has no admin token. Set one of 20 characters or more and start it again:
          </p>
          <code>CALLCHART_ADMIN_TOKEN</code>
        </Empty>
      </main>
    )
  }
  return (
    <>
      <Top />
      {connection.value === 'lost' && (
        <p class="banner" role="status">
          The engine does not answer. What is shown is as it last was; this page reconnects by
          itself.
        </p>
      )}
      <View />
      <ArrowTip />
    </>
  )
}

function View(): JSX.Element {
  const shown = route.value
  if (shown.view === 'call') return <CallView key={shown.key} callKey={shown.key} />
  if (shown.view === 'charts') return <ChartsView id={shown.id} />
  return shown.view === 'world' ? <WorldView /> : <CallsView />
}

function Top(): JSX.Element {
  const { view } = route.value
  const isCalls = view === 'calls' || view === 'call'
  return (
    <header class="top">
      <a class="brand" href="#/calls" aria-label="Callchart, all calls">
        <Mark />
        Callchart
      </a>
      <nav aria-label="Views">
        <a href="#/calls" aria-current={isCalls ? 'page' : undefined}>
          Calls
        </a>
        <a href="#/charts" aria-current={view === 'charts' ? 'page' : undefined}>
          Charts
        </a>
        {about.value?.world && (
          <a href="#/world" aria-current={view === 'world' ? 'page' : undefined}>
            Emulated world
          </a>
        )}
      </nav>
      <div class="rest">
        <span class="bot">
          {about.value?.charts.map(({ id, version }) => `${id} ${version}`).join(', ')}
        </span>
        <Connection />
        <button type="button" onClick={turnTheme} title="Light, dark, or as the system is">
          {theme.value === 'system' ? 'Auto' : theme.value === 'light' ? 'Light' : 'Dark'}
          <span class="visually-hidden"> colours: change</span>
        </button>
      </div>
    </header>
  )
}

const connections = {
  connecting: ['accent', 'connecting'],
  live: ['good', 'live'],
  lost: ['warn', 'reconnecting'],
} as const

function Connection(): JSX.Element {
  const [tone, words] = connections[connection.value]
  return (
    <span class={`pill ${tone}`} role="status">
      {words}
    </span>
  )
}

function Mark(): JSX.Element {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true" class="mark">
      <circle cx="8" cy="9" r="4.5" class="full" />
      <circle cx="24" cy="9" r="4.5" />
      <circle cx="16" cy="25" r="4.5" />
      <path d="M12.5 9h7M10 13l4 8M22 13l-4 8" />
    </svg>
  )
}
