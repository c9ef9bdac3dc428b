/** callSetup: XState's `setup` with the call's vocabulary in it, to be extended by a bot. */
import {
  type ActionFunction,
  type DelayConfig,
  type EventObject,
  type MetaObject,
  type NonReducibleUnknown,
  type ParameterizedObject,
  type SetupReturn,
  type StateNodeConfig,
  setup,
  type UnknownActorLogic,
} from 'xstate'
import { type Shapes, shapes } from '../dialogue/shapes.ts'
import {
  type BaseActions,
  type BaseDelay,
  type BaseGuards,
  vocabulary,
} from '../dialogue/vocabulary.ts'
import type { CallEvent } from '../events.ts'
import type { CallContext, CallInput } from './context.ts'

type ParamsByName = Record<string, ParameterizedObject['params'] | undefined>
type Named<Map extends ParamsByName> = {
  [Name in keyof Map & string]: { type: Name; params: Map[Name] }
}[keyof Map & string]
type Provided<Actors extends Record<string, UnknownActorLogic>> = {
  [Src in keyof Actors & string]: { src: Src; logic: Actors[Src]; id: string | undefined }
}[keyof Actors & string]

/** A bot's own types, stated as `types: {} as { bot: …; private: …; events: … }`. */
type OwnTypes = {
  readonly bot?: object
  readonly private?: object
  readonly events?: EventObject
}
// NonNullable, because without `exactOptionalPropertyTypes` a bot's compiler takes optional for undefined.
type Own<Types, Name extends keyof OwnTypes, Otherwise> = Types extends {
  readonly [Member in Name]: infer Stated
}
  ? NonNullable<Stated>
  : Otherwise

/** What a bot brings besides its scenario. */
type Extension<
  Bot,
  Secret,
  Event extends EventObject,
  Actors extends Record<string, UnknownActorLogic>,
  Actions extends ParamsByName,
  Guards extends ParamsByName,
  Delay extends string,
> = {
  /** Promise logic the scenario may invoke (`fromPromise`): durable, run at least once. */
  readonly actors?: Actors
  /** Named actions made with XState's creators (assign, raise, enqueueActions). */
  readonly actions?: {
    [Name in keyof Actions]: ActionFunction<
      CallContext<Bot, Secret>,
      CallEvent | Event,
      CallEvent | Event,
      Actions[Name],
      never,
      Named<BaseActions>,
      Named<BaseGuards>,
      BaseDelay,
      EventObject
    >
  }
  readonly guards?: {
    [Name in keyof Guards]: (
      args: { context: CallContext<Bot, Secret>; event: CallEvent | Event },
      params: Guards[Name],
    ) => boolean
  }
  readonly delays?: {
    [Name in Delay]: DelayConfig<
      CallContext<Bot, Secret>,
      CallEvent | Event,
      undefined,
      CallEvent | Event
    >
  }
}

type Setup<
  Bot,
  Secret,
  Event extends EventObject,
  Actors extends Record<string, UnknownActorLogic>,
  Actions extends ParamsByName,
  Guards extends ParamsByName,
  Delay extends string,
> = SetupReturn<
  CallContext<Bot, Secret>,
  CallEvent | Event,
  Actors,
  Record<never, never>,
  BaseActions & Actions,
  BaseGuards & Guards,
  BaseDelay | Delay,
  string,
  CallInput,
  NonReducibleUnknown,
  EventObject,
  MetaObject
>

/** XState's `createStateConfig`, which also refuses events nobody sends and delays nobody named. */
type Strict<
  Bot,
  Secret,
  Event extends EventObject,
  Actors extends Record<string, UnknownActorLogic>,
  Actions extends ParamsByName,
  Guards extends ParamsByName,
  Delay extends string,
> = <
  const Config extends StateNodeConfig<
    CallContext<Bot, Secret>,
    CallEvent | Event,
    Provided<Actors>,
    Named<BaseActions & Actions>,
    Named<BaseGuards & Guards>,
    BaseDelay | Delay,
    string,
    unknown,
    EventObject,
    MetaObject
  >,
>(
  config: Config & KnownNames<Config, (CallEvent | Event)['type'], BaseDelay | Delay>,
) => Config

/** `on` may name an event, a family of them (`prompt.*`), XState's own events, or all (`*`). */
type Known<Key, Type extends string> = Key extends Type | '*' | `xstate.${string}`
  ? unknown
  : Key extends `${infer Family}.*`
    ? Extract<Type, `${Family}.${string}`> extends never
      ? never
      : unknown
    : never

type KnownNames<Config, Type extends string, Delay extends string> = (Config extends {
  readonly on: infer On
}
  ? { readonly on: { [Key in keyof On]: Known<Key, Type> } }
  : unknown) &
  (Config extends { readonly after: infer After }
    ? {
        readonly after: {
          [Key in keyof After]: Key extends number | `${number}` | Delay ? unknown : never
        }
      }
    : unknown) &
  (Config extends { readonly states: infer States }
    ? { readonly states: { [Key in keyof States]: KnownNames<States[Key], Type, Delay> } }
    : unknown)

/**
 * Adds a bot's own context, private values, events, promise logic, actions, guards and delays.
 *
 * @example
 * const desk = callSetup.extend({
 *   guards: { isStaff: ({ context }) => context.source.domain === 'contoso.com' },
 * })
 */
interface Extend<
  Bot,
  Secret,
  Event extends EventObject,
  Actors extends Record<string, UnknownActorLogic>,
  Actions extends ParamsByName,
  Guards extends ParamsByName,
  Delay extends string,
> {
  // Two signatures, because TypeScript infers nothing for `assign` from types that are not stated.
  <
    Types extends OwnTypes,
    NewActors extends Record<string, UnknownActorLogic> = Record<never, never>,
    NewActions extends ParamsByName = Record<never, never>,
    NewGuards extends ParamsByName = Record<never, never>,
    NewDelay extends string = never,
  >(
    extension: { readonly types: Types } & Extension<
      Own<Types, 'bot', Bot>,
      Own<Types, 'private', Secret>,
      Event | Own<Types, 'events', never>,
      NewActors,
      NewActions,
      NewGuards,
      NewDelay
    >,
  ): CallSetup<
    Own<Types, 'bot', Bot>,
    Own<Types, 'private', Secret>,
    Event | Own<Types, 'events', never>,
    Actors & NewActors,
    Actions & NewActions,
    Guards & NewGuards,
    Delay | NewDelay
  >
  <
    NewActors extends Record<string, UnknownActorLogic> = Record<never, never>,
    NewActions extends ParamsByName = Record<never, never>,
    NewGuards extends ParamsByName = Record<never, never>,
    NewDelay extends string = never,
  >(
    extension: { readonly types?: never } & Extension<
      Bot,
      Secret,
      Event,
      NewActors,
      NewActions,
      NewGuards,
      NewDelay
    >,
  ): CallSetup<
    Bot,
    Secret,
    Event,
    Actors & NewActors,
    Actions & NewActions,
    Guards & NewGuards,
    Delay | NewDelay
  >
}

/** The call's vocabulary, ready to be extended by a bot and to make its scenario and chart. */
export type CallSetup<
  Bot = object,
  Secret = object,
  Event extends EventObject = never,
  Actors extends Record<string, UnknownActorLogic> = Record<never, never>,
  Actions extends ParamsByName = Record<never, never>,
  Guards extends ParamsByName = Record<never, never>,
  Delay extends string = never,
> = Omit<
  Setup<Bot, Secret, Event, Actors, Actions, Guards, Delay>,
  'extend' | 'createStateConfig'
> &
  Shapes<CallContext<Bot, Secret>, Secret, (CallEvent | Event)['type']> & {
    readonly createStateConfig: Strict<Bot, Secret, Event, Actors, Actions, Guards, Delay>
    readonly extend: Extend<Bot, Secret, Event, Actors, Actions, Guards, Delay>
  }

type Parts = {
  readonly actors?: object
  readonly actions?: object
  readonly guards?: object
  readonly delays?: object
}

function withParts(parts: Parts): unknown {
  const all: object = {
    actions: { ...vocabulary.actions, ...parts.actions },
    guards: { ...vocabulary.guards, ...parts.guards },
    delays: { ...vocabulary.delays, ...parts.delays },
    actors: { ...parts.actors },
  }
  return {
    ...setup(all as Parameters<typeof setup>[0]),
    ...shapes,
    extend: (more: Parts) =>
      withParts({
        actions: { ...parts.actions, ...more.actions },
        guards: { ...parts.guards, ...more.guards },
        delays: { ...parts.delays, ...more.delays },
        actors: { ...parts.actors, ...more.actors },
      }),
  }
}

/**
 * Start here to write a bot: the call's effects, events, guards and delays, checked by TypeScript.
 *
 * The types are stated rather than inferred (XState's own `extend` cannot add context, events or
 * actors); `test/machines/callSetup.types.test.ts` holds them to what the implementation does.
 */
export const callSetup = withParts({}) as CallSetup
