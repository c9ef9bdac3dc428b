/** What `snapshots/charts` and `snapshots/golden` should hold, made from the charts as they are now. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyStateMachine, StateMachine } from 'xstate'
import { callChart, callSetup, changeOf, participantChart } from '../../machines/index.ts'
import { chartModule, describeChart, drawChart, type Golden } from '../../snapshots/index.ts'
import { pictureChart } from '../../snapshots/picture/index.ts'
import { type Chart, loadChart } from '../../src/engine/chart.ts'
import { encodeActors, type Group } from '../../src/engine/group.ts'
import { startTurn, takeTurn } from '../../src/engine/turn.ts'
import { root } from '../repository.ts'
import { dialogueChart, shapes } from './dialogue.ts'

export const chartsFolder = join(root, 'snapshots', 'charts')
export const goldenFolder = join(root, 'snapshots', 'golden')

const scenario = callSetup.createStateConfig({ initial: 'listening', states: { listening: {} } })

/** The call chart with a scenario that does nothing. */
export const bare = callSetup.createMachine(callChart({ id: 'call', version: '1', scenario }))

/** The charts that a call can run on: the bare one, and those of the examples. */
export async function callCharts(): Promise<readonly AnyStateMachine[]> {
  const paths = globSync('examples/*/chart.ts', { cwd: root }).sort()
  const examples = await Promise.all(paths.map((path): Promise<object> => import(join(root, path))))
  return [bare, ...examples.flatMap((example): unknown[] => Object.values(example)).filter(isChart)]
}

function isChart(exported: unknown): exported is AnyStateMachine {
  return exported instanceof StateMachine
}

/** Every chart's files: a description to compare, drawings to look at, a module for Stately's tools. */
export async function chartFiles(): Promise<ReadonlyMap<string, string>> {
  const charts = [participantChart, ...(await callCharts())]
  return new Map([
    ...shapePictures(),
    ...charts.flatMap((chart): (readonly [string, string])[] => [
      [`${chart.id}.json`, describeChart(chart)],
      [`${chart.id}.mmd`, drawChart(chart)],
      [`${chart.id}.svg`, pictureChart(chart, '') ?? ''],
      ...scenarioPicture(chart),
      [`${chart.id}.stately.js`, chartModule(chart) ?? ''],
    ]),
  ])
}

/** Each dialogue shape by itself, as docs/dialogue.md shows it. */
function shapePictures(): readonly (readonly [string, string])[] {
  return Object.keys(shapes).map((name) => [
    `dialogue.${name}.svg`,
    pictureChart(dialogueChart, `scenario.${name}`) ?? '',
  ])
}

/** The bot's own region, large enough for a page. */
function scenarioPicture(chart: AnyStateMachine): readonly (readonly [string, string])[] {
  const svg = chart === bare ? undefined : pictureChart(chart, 'scenario')
  return svg === undefined ? [] : [[`${chart.id}.scenario.svg`, svg]]
}

type Live = { readonly chart: Chart; readonly group: Group }

const people = [
  { id: 'bot', isMuted: false, isInLobby: false, rosterSequenceNumber: 1 },
  { id: 'bob', isMuted: true, isInLobby: false, rosterSequenceNumber: 1 },
]

/** Moments in the life of a call: what it heard since it began. */
const moments: { readonly [name: string]: (live: Live) => Live } = {
  answering: (live) => live,
  established: (live) => hear(live, { type: 'callState.established' }),
  prompted: (live) => {
    const command = { id: 'golden.2.0', effect: 'playPrompt' }
    return hear(moment('established', live), { type: 'prompt.completed', command, answer: {} })
  },
  multiparty: (live) => {
    const established = moment('established', live)
    const participants = people.map((person) => ({ ...person, info: {}, mediaStreams: [] }))
    const change = changeOf(established.group.roster, {
      type: 'roster.reported',
      kind: 'full',
      sequenceNumber: 1,
      participants,
    })
    return change ? hear(established, change) : established
  },
  transferring: (live) => hear(moment('established', live), { type: 'callState.transferring' }),
  terminating: (live) => hear(moment('established', live), { type: 'callState.terminating' }),
}

function moment(name: string, live: Live): Live {
  return moments[name]?.(live) ?? live
}

function hear({ chart, group }: Live, event: Parameters<typeof takeTurn>[2]): Live {
  return { chart, group: takeTurn(chart, group, event).group }
}

/** A call on this chart at every moment, as the store would keep it. */
export function goldensOf(machine: AnyStateMachine): readonly Golden[] {
  const chart = loadChart(machine)
  const call = { id: 'golden', state: 'incoming', myParticipantId: 'bot' }
  const input = { key: 'golden', direction: 'incoming', call } as const
  const { group } = startTurn(chart, { type: 'call.started', input })
  return Object.keys(moments).map((name) => ({
    chartId: chart.id,
    chartVersion: chart.version,
    name,
    actors: encodeActors(chart, moment(name, { chart, group }).group),
  }))
}
