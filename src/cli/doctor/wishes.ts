/** What a chart wishes of Graph: the effects in its states, and the prompts they name. */
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { regions } from '../../../machines/call/callChart.ts'
import { type EffectName, isEffectName } from '../../../machines/effects.ts'

/** One effect as the chart asks for it; parameters that a function computes are not known. */
export type Wish = { readonly effect: EffectName; readonly params: unknown }

export type Wishes = {
  readonly effects: readonly Wish[]
  /** Prompts by the names and URLs written into the chart. */
  readonly prompts: readonly string[]
  /** Whether some prompt is chosen at run time. */
  readonly choosesPrompts: boolean
  /** Actions of the author's own that may ask for more, seen by nobody before they run. */
  readonly opaque: readonly string[]
}

/**
 * Reads every state of the author's regions. The regions that every call has add an answer; what else they
 * ask for by themselves takes no permission.
 */
export function wishesOf(chart: AnyStateMachine): Wishes {
  const own = Object.entries(chart.root.states).flatMap(([name, node]) =>
    Object.hasOwn(regions, name) ? [] : [...nodesOf(node)],
  )
  const actions = own.flatMap(actionsOf)
  const written = actions.flatMap(wishIn)
  const effects: readonly Wish[] = [{ effect: 'answer', params: answerOf(chart) }, ...written]
  const playing = written.filter(({ effect }) => playingEffects.includes(effect))
  return {
    effects,
    prompts: [...new Set(playing.flatMap(({ params }) => promptsIn(params)))],
    choosesPrompts: playing.some(({ params }) => params === undefined),
    opaque: [...new Set(actions.flatMap((action) => opaqueIn(chart, action)))],
  }
}

/** What all charts of a bot wish together. */
export function wishesOfAll(charts: readonly AnyStateMachine[]): Wishes {
  const all = charts.map(wishesOf)
  return {
    effects: all.flatMap(({ effects }) => effects),
    prompts: [...new Set(all.flatMap(({ prompts }) => prompts))],
    choosesPrompts: all.some(({ choosesPrompts }) => choosesPrompts),
    opaque: [...new Set(all.flatMap(({ opaque }) => opaque))],
  }
}

const playingEffects: readonly EffectName[] = [
  'playPrompt',
  'recordResponse',
  'record',
  'startHoldMusic',
]

function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node
  for (const child of Object.values(node.states)) yield* nodesOf(child)
}

function actionsOf({ entry, exit, transitions, always }: AnyStateNode): readonly unknown[] {
  const taken = [...transitions.values(), always ?? []].flat()
  return [...entry, ...exit, ...taken.flatMap(({ actions }) => actions)]
}

function wishIn(action: unknown): readonly Wish[] {
  const name = nameOf(action)
  if (!isEffectName(name)) return []
  const params = typeof action === 'object' && action && 'params' in action ? action.params : {}
  return [{ effect: name, params: typeof params === 'function' ? undefined : params }]
}

function nameOf(action: unknown): string {
  if (typeof action === 'string') return action
  return typeof action === 'object' && action && 'type' in action ? String(action.type) : ''
}

/** What enqueueActions does is known when it runs. */
function opaqueIn(chart: AnyStateMachine, action: unknown): readonly string[] {
  const named: unknown = chart.implementations.actions[nameOf(action)]
  const created = typeof action === 'function' ? action : named
  const isOpaque =
    typeof created === 'function' && 'type' in created && created.type === 'xstate.enqueueActions'
  return isOpaque ? [nameOf(action) || 'an inline action'] : []
}

/** The base chart answers with the media its author chose, which the context of every call knows. */
function answerOf(chart: AnyStateMachine): unknown {
  const context: unknown = contextOf(chart)
  const settings =
    typeof context === 'object' && context && 'settings' in context && context.settings
  const media = typeof settings === 'object' && settings && 'mediaConfig' in settings
  return media ? { mediaConfig: settings.mediaConfig } : {}
}

function contextOf({ config }: AnyStateMachine): unknown {
  try {
    const incoming = { key: 'doctor', direction: 'incoming' }
    return typeof config.context === 'function' ? config.context({ input: incoming }) : undefined
  } catch {
    // The bot's own part of it may want a real call.
    return undefined
  }
}

/** Names and URLs, however deep the long forms put them. */
function promptsIn(params: unknown): readonly string[] {
  if (typeof params === 'string') return [params]
  if (Array.isArray(params)) return params.flatMap(promptsIn)
  if (typeof params !== 'object' || params === null) return []
  return Object.entries(params).flatMap(([name, value]) =>
    promptMembers.includes(name) ? promptsIn(value) : [],
  )
}

const promptMembers: readonly string[] = [
  'prompt',
  'prompts',
  'customPrompt',
  'mediaInfo',
  'uri',
  'url',
]
