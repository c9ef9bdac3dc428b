/** callChart: the whole call as one XState chart, Graph's regions beside the bot's own. */
import type { Upgrades } from '../upgrade.ts'
import type { CallOptions, MediaConfig, Modality, Open } from '../words.ts'
import { audio } from './audio.ts'
import { baseAfter, baseUpgrades } from './baseUpgrades.ts'
import { type CallContext, type CallInput, type CallSettings, initialContext } from './context.ts'
import { holdMusic } from './holdMusic.ts'
import { largeGallery } from './largeGallery.ts'
import { liveness } from './liveness.ts'
import { media } from './media.ts'
import { recordingStatus } from './recordingStatus.ts'
import { screenSharing } from './screenSharing.ts'
import { signalling } from './signalling.ts'
import { topology } from './topology.ts'

/** The regions every call has. */
export const regions = {
  signalling,
  topology,
  audio,
  screenSharing,
  media,
  recordingStatus,
  holdMusic,
  largeGallery,
  liveness,
} as const

/**
 * The states of a region and nothing else: what a bot's own types need to know of ours. (Our actions are
 * typed for the base events, and a bot that adds events of its own could not take them as they are.)
 */
type Shape<Region> = Region extends { readonly states: infer States }
  ? { readonly states: { readonly [Name in keyof States]: Shape<States[Name]> } }
  : Record<never, never>

const shapes: { readonly [Name in keyof typeof regions]: Shape<(typeof regions)[Name]> } = regions

/** What an author decides about a chart. */
export type CallChartOptions<Scenario, More, Bot> = {
  /** Name of the chart, kept with every call that runs on it. */
  readonly id: string
  /** Changes whenever stored calls could not go on under the new chart as it is. */
  readonly version: string
  /**
   * How live calls of former versions go on under this one, by the version they stand on. A call of a version
   * not named here stays on it.
   */
  readonly upgrade?: Upgrades
  /** The bot's region: a state config made by `callSetup.createStateConfig`. */
  readonly scenario: Scenario
  /** Further regions of the bot, by name. */
  readonly regions?: More
  /** The author's context at the start of a call, found under `context.bot`. Default `{}`. */
  readonly bot?: Bot | ((input: CallInput) => Bot)
  /** `answer` (default): answered at once. `ask`: the scenario decides before the deadline. */
  readonly incoming?: 'answer' | 'ask'
  /** What to answer with. Default `['audio']`. */
  readonly acceptedModalities?: readonly Open<Modality>[]
  /** Default: service-hosted media. */
  readonly mediaConfig?: MediaConfig
  readonly callOptions?: CallOptions
  /** Policy-based recording only: how many participants one answered call may carry. */
  readonly participantCapacity?: number
  /** After an escalation Graph sends no rosters: ask for one this often. Default: never. */
  readonly rosterPollMs?: number
}

/** Microsteps one event may take before the chart is held to be looping. */
const MAX_ITERATIONS = 1_000

/**
 * The configuration of a call's chart, to be given to `createMachine`.
 *
 * @example
 * export const frontDesk = desk.createMachine(callChart({ id: 'front-desk', version: '1', scenario }))
 */
export function callChart<
  const Scenario extends object,
  const More extends Record<string, object> = Record<never, never>,
  Bot extends object = object,
>(options: CallChartOptions<Scenario, More, Bot>) {
  refuseUnknown(options)
  refuseTakenNames(options.id, options.regions)
  const settings: CallSettings = {
    incoming: options.incoming ?? 'answer',
    acceptedModalities: options.acceptedModalities ?? ['audio'],
    mediaConfig: options.mediaConfig,
    callOptions: options.callOptions,
    participantCapacity: options.participantCapacity,
    rosterPollMs: options.rosterPollMs,
  }
  return {
    id: options.id,
    version: options.version,
    upgrade: options.upgrade ?? {},
    baseUpgrades,
    type: 'parallel',
    options: { maxIterations: MAX_ITERATIONS },
    context: ({ input }: { input: CallInput }): CallContext<Bot, Record<never, never>> =>
      initialContext(input, settings, botAtStart(options.bot, input), baseAfter(baseUpgrades)),
    states: {
      ...shapes,
      ...withEnd(options.regions),
      scenario: ending(options.scenario),
    },
  } as const
}

function botAtStart<Bot extends object>(
  bot: Bot | ((input: CallInput) => Bot) | undefined,
  input: CallInput,
): Bot {
  return typeof bot === 'function' ? bot(input) : ((bot ?? {}) as Bot)
}

const optionNames = new Set([
  ...['id', 'version', 'upgrade', 'scenario', 'regions', 'bot', 'incoming', 'acceptedModalities'],
  ...['mediaConfig', 'callOptions', 'participantCapacity', 'rosterPollMs'],
])

/** TypeScript says so too; JavaScript does not. */
function refuseUnknown(options: { readonly id: string; readonly scenario?: unknown }): void {
  const unknown = Object.keys(options).find((name) => !optionNames.has(name))
  if (unknown !== undefined) {
    throw new Error(`Chart '${options.id}' has no option '${unknown}'. Correct the name.`)
  }
  if (typeof options.scenario !== 'object' || options.scenario === null) {
    throw new Error(
      `Chart '${options.id}' brings no scenario. Give callChart one made by createStateConfig.`,
    )
  }
}

function refuseTakenNames(id: string, more: object | undefined): void {
  const taken = Object.keys(more ?? {}).filter((name) => name in regions || name === 'scenario')
  if (taken.length > 0) {
    throw new Error(
      `Chart '${id}' brings a region named '${taken.join("', '")}', which every call already has. Give it another name.`,
    )
  }
}

/** A region that ends with the call unless its own states handle `call.terminated`. */
function ending<const Region extends object>(region: Region): Region {
  const states = 'states' in region && typeof region.states === 'object' ? region.states : undefined
  if (!states || 'ended' in states) return region
  if ('type' in region && region.type === 'parallel') {
    return { ...region, states: withEnd({ ...states }) }
  }
  const on = 'on' in region && typeof region.on === 'object' ? region.on : {}
  return {
    ...region,
    on: { 'call.terminated': '.ended', ...on },
    states: { ...states, ended: { type: 'final' } },
  }
}

function withEnd<const More extends Record<string, object>>(more: More | undefined): More {
  return Object.fromEntries(
    Object.entries(more ?? {}).map(([name, region]) => [name, ending(region)]),
  ) as More
}
