/**
 * The console's page. Read: `app.tsx` (frame and views), `api.ts` and `stream.ts` (the way to the engine),
 * `calls/`, `call/`, `chart/` (a chart drawn), `charts/`, `world/`; `route.ts` and `theme.ts` when needed.
 */
import './style/tokens.css'
import './style/frame.css'
import './style/calls.css'
import './style/call.css'
import './style/chart.css'
import './style/world.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { begin, useTokenInAddress } from './begin.ts'
import { followClock } from './clock.ts'
import { followRoute } from './route.ts'
import { followTheme } from './theme.ts'

followTheme()
followClock()
await useTokenInAddress()
followRoute()
render(<App />, document.body)
await begin()
