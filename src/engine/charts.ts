/** Every chart a bot runs: which one takes a new call, and which one a stored call stands on. */
import type { AnyStateMachine } from 'xstate'
import { type Party, partyOf } from '../../machines/party.ts'
import type { Upgrade } from '../../machines/upgrade.ts'
import type { Call as GraphCall } from '../../machines/words.ts'
import type { App } from '../config.ts'
import { CallchartError, ChartError } from '../errors.ts'
import { type Chart, loadChart } from './chart.ts'

/** A chart, and its former versions that calls may still stand on. */
export type ChartVersions = {
  /** Made by `createMachine(callChart(…))`; new calls start on it. */
  readonly chart: AnyStateMachine
  /** The same chart as it was: live calls of these versions stay on them until they end. */
  readonly versions?: readonly AnyStateMachine[] | undefined
  /** The registration that its calls are of. Default: the configuration's. */
  readonly app?: App | undefined
  /** Folder of the WAV files that its calls play. Default: the bot's. */
  readonly promptsFolder?: string | undefined
}

/** What is known of a call that comes in, when its chart is chosen. */
export type IncomingCall = {
  /** Graph's own words. */
  readonly call: GraphCall
  readonly source: Party
  readonly targets: readonly Party[]
  /** Tenant that the verified token names. */
  readonly tenantId: string
  /** App that the verified token is for: the one that was called. */
  readonly appId: string
}

/**
 * Says which chart takes an incoming call, by its id: one of the app that was called. Must be pure: the same
 * call, the same chart.
 */
export type Choose = (call: IncomingCall) => string

/** What a bot runs: one chart, or several, of which `choose` gives each incoming call one. */
export type BotCharts =
  | ChartVersions
  | {
      readonly charts: readonly ChartVersions[]
      /** The id of the chart that takes an incoming call. Default: the first of the app that was called. */
      readonly choose?: Choose | undefined
    }

/** Every chart of a bot, however it was given. */
export function chartsOf(bot: BotCharts): Exclude<BotCharts, ChartVersions> {
  return 'charts' in bot ? bot : { charts: [bot] }
}

/** The version that a stored call goes on under, and how. */
export type Next = { readonly chart: Chart; readonly upgrade: Upgrade }

/** What the verified token of an incoming call says. */
type Called = Pick<IncomingCall, 'tenantId' | 'appId'>

/** Charts by id and version. Throws `ChartError` for one that cannot be kept durable, and for two of one name. */
export class Charts {
  /** The charts that new calls start on. */
  readonly current: readonly Chart[]
  readonly #choose: Choose | undefined
  readonly #current = new Map<string, Chart>()
  readonly #versions = new Map<string, Chart>()
  readonly #appIds = new Map<string, string>()

  constructor(bot: BotCharts) {
    const { charts: given, choose } = chartsOf(bot)
    this.#choose = choose
    if (given.length === 0) throw noChart()
    this.current = given.map(({ chart }) => this.#add(loadChart(chart)))
    for (const chart of this.current) {
      if (this.#current.has(chart.id)) throw givenTwice(chart)
      this.#current.set(chart.id, chart)
    }
    for (const { chart, versions = [], app } of given) {
      if (app) this.#appIds.set(chart.id, app.appId)
      for (const former of versions) this.#addFormer(chart.id, loadChart(former))
    }
  }

  /** Every chart in every version. */
  get all(): readonly Chart[] {
    return [...this.#versions.values()]
  }

  /** The chart of a version, if the bot brings it. */
  at(id: string, version: string): Chart | undefined {
    return this.#versions.get(nameOf(id, version))
  }

  /** The chart that calls of a version go on under, if it has an upgrade for them. */
  after(id: string, version: string): Next | undefined {
    const chart = this.#current.get(id)
    const upgrade = chart && version !== chart.version ? chart.upgrades[version] : undefined
    return chart && upgrade && { chart, upgrade }
  }

  /** The app of a chart's calls, in every version; unknown for a chart the bot does not bring. */
  appIdOf(id: string): string | undefined {
    return this.#appIds.get(id)
  }

  /** The chart of an incoming call, or why it has none: the choice is the author's, and may be wrong. */
  chosen(call: GraphCall, told: Called): Chart | string {
    try {
      return this.#chosen(call, told)
    } catch (error) {
      return `No chart was chosen for the call. ${error instanceof Error ? error.message : error}`
    }
  }

  #chosen(call: GraphCall, { tenantId, appId }: Called): Chart {
    if (!this.#choose) return this.current.find(({ id }) => this.#isOf(id, appId)) ?? this.#first()
    const [source, targets] = [partyOf(call.source), (call.targets ?? []).map(partyOf)]
    const id = this.#choose({ call, source, targets, tenantId, appId })
    const chart = this.#current.get(id) ?? this.#refuse(id)
    if (!this.#isOf(id, appId)) throw ofAnotherApp(id, appId)
    return chart
  }

  #isOf(id: string, appId: string): boolean {
    return (this.appIdOf(id) ?? appId) === appId
  }

  /** The chart of a call to be placed: the one named, or the only one. Throws `CallchartError`. */
  forPlaced(id: string | undefined): Chart {
    if (id !== undefined) return this.#current.get(id) ?? this.#refuse(id)
    if (this.current.length === 1) return this.#first()
    throw new CallchartError({
      code: 'chart.notNamed',
      what: 'This bot has several charts, and the call to be placed names none.',
      fix: `Name one of: ${this.#names()}.`,
    })
  }

  #first(): Chart {
    const [first] = this.current
    if (!first) throw noChart()
    return first
  }

  #add(chart: Chart): Chart {
    const name = nameOf(chart.id, chart.version)
    if (this.#versions.has(name)) throw givenTwice(chart)
    this.#versions.set(name, chart)
    return chart
  }

  #addFormer(id: string, former: Chart): void {
    if (former.id === id) this.#add(former)
    else throw notAVersion(id, former)
  }

  #refuse(id: string): never {
    throw new CallchartError({
      code: 'chart.unknown',
      what: `This bot has no chart '${id}'.`,
      fix: `Choose one of: ${this.#names()}.`,
    })
  }

  #names(): string {
    return this.current.map(({ id }) => id).join(', ')
  }
}

/** Graph would refuse what the call's chart asks for under an app that was not called. */
function ofAnotherApp(id: string, appId: string): CallchartError {
  return new CallchartError({
    code: 'chart.ofAnotherApp',
    what: `Chart '${id}' is of another app than ${appId}, which was called.`,
    fix: 'Let choose look at appId, and choose a chart of that app.',
  })
}

function nameOf(id: string, version: string): string {
  return JSON.stringify([id, version])
}

function noChart(): ChartError {
  return new ChartError({
    code: 'chart.none',
    what: 'The bot was given no chart.',
    fix: 'Give it at least one that createMachine(callChart({ … })) made.',
  })
}

function givenTwice({ id }: Chart): ChartError {
  return new ChartError({
    code: 'chart.twice',
    what: `The bot was given chart '${id}' twice.`,
    fix: 'Give each chart an id of its own, and former ones, each with its version, as its versions.',
  })
}

function notAVersion(id: string, { id: other }: Chart): ChartError {
  return new ChartError({
    code: 'chart.notAVersion',
    what: `Chart '${other}' was given as a former version of chart '${id}'.`,
    fix: `Give only charts with the id '${id}' as its versions.`,
  })
}
