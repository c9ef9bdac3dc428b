/** The bot's charts: what can happen, where it is drawn, and how often it did. */
import { Hono } from 'hono'
import type { AnyStateMachine } from 'xstate'
import { z } from 'zod'
import { participantChart } from '../../machines/participant.ts'
import { readChart } from '../../snapshots/chart.ts'
import type { Store } from '../../snapshots/index.ts'
import type { Charts, Visits } from '../engine/index.ts'
import { Refusal } from './answers.ts'
import { name, readQuery } from './asked.ts'
import { coverageOf } from './coverage.ts'
import { Drawings } from './drawing.ts'
import type { ChartBrief, ChartDetail, ChartState, ChartsPage } from './protocol.ts'
import type { World } from './world.ts'

export type ChartOptions = {
  readonly charts: Charts
  readonly store: Store
  readonly visits: Visits
  readonly world?: World | undefined
}

const wish = z.object({
  version: z.string().max(100).optional(),
  path: z.string().max(500).default(''),
  detail: z.enum(['words', 'names']).default('words'),
})

export function chartRoutes({ charts, store, visits, world }: ChartOptions): Hono {
  const machines = [...charts.all.map(({ machine }) => machine), participantChart]
  const drawings = new Drawings()
  const routes = new Hono()
  routes.get('/charts', async (context) => {
    const uses = await store.chartUses()
    const page: ChartsPage = {
      charts: machines.map((machine): ChartBrief => {
        const { id, version = '' } = machine
        const root: ChartState = readChart(machine).root
        const visited = coverageOf(machine, visits)
        return {
          id,
          version,
          calls: uses
            .filter((use) => use.chartId === id && use.chartVersion === version)
            .reduce((sum, { calls }) => sum + calls, 0),
          states: statesIn(root).length - 1,
          transitions: statesIn(root).flatMap(({ transitions }) => transitions).length,
          statesVisited: Object.keys(visited.states).filter((path) => path !== '').length,
          transitionsVisited: Object.keys(visited.transitions).length,
        }
      }),
    }
    return context.json(page)
  })
  routes.get('/charts/:id', async (context) => {
    const { version, path, detail } = readQuery<z.output<typeof wish>>(context, wish)
    const id = name.catch('').parse(context.req.param('id'))
    const machine = machineOf(machines, id, version)
    const geometry = await drawings.of(machine, path, detail)
    if (!geometry) throw unknownState(id, path)
    const tested = world?.tested(machine)
    const chart: ChartDetail = {
      id,
      version: machine.version ?? '',
      root: readChart(machine).root,
      geometry,
      coverage: coverageOf(machine, visits),
      ...(tested && { tested }),
    }
    return context.json(chart)
  })
  return routes
}

function machineOf(
  machines: readonly AnyStateMachine[],
  id: string,
  version: string | undefined,
): AnyStateMachine {
  const machine = machines.find(
    (each) => each.id === id && (version === undefined || each.version === version),
  )
  if (machine) return machine
  throw new Refusal(404, {
    code: 'chart.unknown',
    what: `This bot has no chart '${id}'${version === undefined ? '' : ` of version ${version}`}.`,
    fix: `Choose one of: ${machines.map((each) => `${each.id} ${each.version}`).join(', ')}.`,
  })
}

function unknownState(id: string, path: string): Refusal {
  return new Refusal(404, {
    code: 'state.unknown',
    what: `The chart '${id}' has no state '${path}'.`,
    fix: 'Give a path from its root with dots, e.g. scenario.choosing.',
  })
}

function statesIn(state: ChartState): readonly ChartState[] {
  return [state, ...state.states.flatMap(statesIn)]
}
