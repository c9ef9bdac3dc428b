/** A chart as the plain configuration of an XState machine: what Stately's tools open and show. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { isWritten } from './chart.ts'
import { INLINE, nameOfAction, nameOfGuard } from './names.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }
type Definition = { readonly [name: string]: Json | undefined }

/** The state that is exported, and what it is called there. */
type Root = { readonly node: AnyStateNode; readonly id: string }

/**
 * A chart's machine configuration as JSON: every implementation by its name, nothing to run. With a path
 * (dotted, from the chart's root) of that state alone; `undefined` where there is no such state.
 */
export function defineChart(machine: AnyStateMachine, path = ''): string | undefined {
  const node = nodeAt(machine.root, path)
  if (!node) return undefined
  const { version, config } = machine
  const context = typeof config.context === 'function' ? undefined : plain(config.context)
  const id = path === '' || hasOwnId(node) ? node.id : node.key
  const whole = path === '' ? { version, context } : {}
  return `${JSON.stringify({ id, ...whole, ...defineState(node, { node, id }) }, undefined, 2)}\n`
}

/** The same as a module that stands alone: Stately Studio and its VS Code extension open it. */
export function chartModule(machine: AnyStateMachine, path = ''): string | undefined {
  const definition = defineChart(machine, path)
  if (definition === undefined) return undefined
  const title = path === '' ? `The chart ${machine.id}` : `${path} of the chart ${machine.id}`
  return [
    `// ${title}, its implementations by their names only. Not the bot itself.`,
    "import { createMachine } from 'xstate'",
    '',
    `export const machine = createMachine(${definition.trimEnd()})`,
    '',
  ].join('\n')
}

function nodeAt(root: AnyStateNode, path: string): AnyStateNode | undefined {
  if (path === '') return root
  return path.split('.').reduce<AnyStateNode | undefined>((node, key) => node?.states[key], root)
}

function defineState(node: AnyStateNode, root: Root): Definition {
  const byPlace = Object.groupBy(transitionsOf(node), ({ place }) => place)
  return withoutEmpty({
    id: node === root.node ? root.id : hasOwnId(node) ? node.id : undefined,
    type: node.type === 'atomic' || node.type === 'compound' ? undefined : node.type,
    description: node.description,
    meta: plain(node.meta),
    history: node.type === 'history' && node.history !== false ? node.history : undefined,
    target: node.type === 'history' ? plain(node.config.target) : undefined,
    initial: node.type === 'compound' ? node.initial.target[0]?.key : undefined,
    tags: node.tags,
    entry: oneOrAll(node.entry.filter(isWritten).map(defineAction)),
    exit: oneOrAll(node.exit.filter(isWritten).map(defineAction)),
    invoke: node.invoke.map((invocation) => defineInvocation(invocation, byPlace, root)),
    always: defineAll(node.always ?? [], root),
    after: byKey(byPlace.after, root),
    on: byKey(byPlace.on, root),
    onDone: defineAll(definitionsOf(byPlace.onDone), root),
    states: Object.fromEntries(
      Object.values(node.states).map((child) => [child.key, object(defineState(child, root))]),
    ),
  })
}

/** Where the configuration of a state holds a transition; `key` is the event, delay or invocation. */
type Placed = {
  readonly place: 'on' | 'after' | 'onDone' | 'invokeDone' | 'invokeError'
  readonly key: string
  readonly definition: AnyTransitionDefinition
}
type ByPlace = Partial<Record<Placed['place'], readonly Placed[]>>

function transitionsOf(node: AnyStateNode): readonly Placed[] {
  return [...node.transitions].flatMap(([event, definitions]) =>
    definitions.map((definition) => ({ ...placeOf(event, node), definition })),
  )
}

function placeOf(event: string, node: AnyStateNode): Omit<Placed, 'definition'> {
  const invoked = new Set(node.invoke.map(({ id }) => id))
  const after = /^xstate\.after\.(.*)$/.exec(event)?.[1]
  const done = /^xstate\.done\.actor\.(.*)$/.exec(event)?.[1]
  const failed = /^xstate\.error\.actor\.(.*)$/.exec(event)?.[1]
  if (event === `xstate.done.state.${node.id}`) return { place: 'onDone', key: '' }
  if (after?.endsWith(`.${node.id}`))
    return { place: 'after', key: after.slice(0, -node.id.length - 1) }
  if (done !== undefined && invoked.has(done)) return { place: 'invokeDone', key: done }
  if (failed !== undefined && invoked.has(failed)) return { place: 'invokeError', key: failed }
  return { place: 'on', key: event }
}

function byKey(placed: readonly Placed[] = [], root: Root): Json {
  const groups = Object.entries(Object.groupBy(placed, ({ key }) => key))
  return Object.fromEntries(
    groups.map(([key, group = []]) => [key, defineAll(definitionsOf(group), root)]),
  )
}

function defineInvocation(
  { id, src }: { readonly id: string; readonly src: unknown },
  { invokeDone = [], invokeError = [] }: ByPlace,
  root: Root,
): Json {
  const of = (placed: readonly Placed[]) =>
    defineAll(definitionsOf(placed.filter(({ key }) => key === id)), root)
  return object(
    withoutEmpty({
      id,
      src: typeof src === 'string' ? src : INLINE,
      onDone: of(invokeDone),
      onError: of(invokeError),
    }),
  )
}

function definitionsOf(placed: readonly Placed[] = []): readonly AnyTransitionDefinition[] {
  return placed.map(({ definition }) => definition)
}

/** One that only has a target is written as that; among several, XState would not always read it. */
function defineAll(transitions: readonly AnyTransitionDefinition[], root: Root): Json {
  const defined = transitions.map((each) => defineTransition(each, root))
  const [first, ...others] = defined
  const isBare = first && others.length === 0 && Object.keys(first).join() === 'target'
  // Two targets in brackets would be read as two transitions.
  if (isBare && typeof first.target === 'string') return first.target
  return oneOrAll(defined.map(object))
}

/** As a person would write it: brackets only around several. */
function oneOrAll(list: readonly Json[]): Json {
  const [first, ...others] = list
  return first === undefined || others.length > 0 ? list : first
}

function defineTransition(transition: AnyTransitionDefinition, root: Root): Definition {
  const { source, target = [], guard, actions, reenter, description, meta } = transition
  const [inside, outside] = [true, false].map((isInside) =>
    target.filter((each) => isIn(each, root.node) === isInside),
  )
  return withoutEmpty({
    target: oneOrAll((inside ?? []).map((each) => addressOf(each, source, root))),
    guard: guard === undefined ? undefined : defineSeam(guard, nameOfGuard(guard)),
    actions: oneOrAll(actions.map(defineAction)),
    reenter: reenter ? true : undefined,
    description: outside?.length
      ? `Leads to ${outside.map(({ id }) => id).join(', ')}`
      : description,
    meta: plain(meta),
  })
}

/** A sibling or a child by its key, as a person would write it; any other state by its id. */
function addressOf(target: AnyStateNode, source: AnyStateNode, { node, id }: Root): string {
  const isWord = /^\w+$/.test(target.key)
  if (isWord && target.parent === source) return `.${target.key}`
  if (isWord && target.parent === source.parent && source !== node) return target.key
  if (hasOwnId(target)) return `#${target.id}`
  return `#${[id, ...target.path.slice(node.path.length)].join('.')}`
}

function isIn(state: AnyStateNode, node: AnyStateNode): boolean {
  return node.path.every((key, index) => state.path[index] === key)
}

function defineAction(action: unknown): Json {
  return defineSeam(action, nameOfAction(action))
}

/** What is worked out while a call runs (a function for parameters) has no place in a plain definition. */
function defineSeam(seam: unknown, name: string): Json {
  if (typeof seam !== 'object' || seam === null || !('type' in seam)) return withoutInline(name)
  const params = 'params' in seam ? plain(seam.params) : undefined
  const type = String(seam.type)
  return params === undefined ? type : { type, params }
}

function withoutInline(name: string): string {
  return name.endsWith(` ${INLINE}`) ? name.slice(0, -INLINE.length - 1) : name
}

function hasOwnId(node: AnyStateNode): boolean {
  return node.parent !== undefined && node.id !== [node.machine.id, ...node.path].join('.')
}

function withoutEmpty(definition: Definition): Definition {
  return Object.fromEntries(
    Object.entries(definition).filter(
      ([, value]) =>
        value !== undefined && (typeof value !== 'object' || Object.keys(value ?? {}).length > 0),
    ),
  )
}

/** What JSON can hold of a value; a function within becomes the word for one. */
function plain(value: unknown): Json | undefined {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'function' && inner !== value ? INLINE : inner,
  )
  return text === undefined ? undefined : JSON.parse(text)
}

function object(definition: Definition): Json {
  return JSON.parse(JSON.stringify(definition))
}
