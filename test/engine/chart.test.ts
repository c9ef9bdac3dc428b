/** What a chart may not hold: each refusal names the state and says what to do. */
import { callChart, callSetup } from 'callchart/machines'
import { describe, expect, test } from 'vitest'
import {
  type AnyStateMachine,
  and,
  assign,
  createMachine,
  fromCallback,
  fromObservable,
  fromPromise,
  not,
  raise,
  sendTo,
  setup,
  spawnChild,
} from 'xstate'
import { loadChart } from '../../src/engine/chart.ts'

const act = { actions: assign({}) }
const promise = fromPromise(async () => 1)

/** A call's chart as a JavaScript author would write it: nothing is checked before it is loaded. */
function chartOf(scenario: object, parts: object = {}): AnyStateMachine {
  const mine: typeof callSetup = callSetup.extend({ ...parts })
  return mine.createMachine(callChart({ id: 'c', version: '1', scenario }))
}

const refusal = (scenario: object, parts?: object) => () => loadChart(chartOf(scenario, parts))
const on = (transition: unknown) => ({ on: { 'call.established': transition } })

describe('a chart is refused', () => {
  test('without a version', () => {
    expect(() => loadChart(createMachine({ id: 'c' }))).toThrow(
      "Chart 'c' has no version. Give callChart a version, e.g. version: '1'.",
    )
  })

  test.each<[string, object]>([
    ['on entry', { entry: () => {} }],
    ['on exit', { exit: () => {} }],
    ['in a transition', on({ actions: () => {} })],
    ['after a delay', { after: { 1000: { actions: () => {} } } }],
    ['when an invocation is done', { invoke: { src: 'p', onDone: { actions: () => {} } } }],
  ])('for an inline plain function %s', (_, scenario) => {
    expect(refusal(scenario, { actors: { p: promise } })).toThrow(
      "Chart 'c' has an inline action that is a plain function in state 'c.scenario'. Charts are pure: use assign, raise or enqueueActions for state, an effect to ask Graph, and an invoked fromPromise for other work.",
    )
  })

  test('for a named action that is a plain function', () => {
    expect(refusal({ entry: 'log' }, { actions: { log: () => {} } })).toThrow(
      "Chart 'c' has action 'log' that is a plain function in state 'c.scenario'.",
    )
  })

  test.each<[string, object]>([
    ['xstate.sendTo', { entry: sendTo('x', { type: 'y' }) }],
    ['xstate.spawnChild', { entry: spawnChild('p') }],
  ])('for %s, which reaches outside the call', (kind, scenario) => {
    expect(refusal(scenario)).toThrow(
      `Chart 'c' has an inline action of kind '${kind}' in state 'c.scenario'. Invoke promise logic instead; other actors cannot be kept durable.`,
    )
  })

  test.each<[string, unknown]>([
    ['callback', fromCallback(() => {})],
    ['observable', fromObservable(() => ({ subscribe: () => ({ unsubscribe: () => {} }) }))],
    ['machine', createMachine({})],
  ])('for %s logic', (_, logic) => {
    expect(refusal({}, { actors: { logic } })).toThrow(
      "Chart 'c' brings logic 'logic' that is not made by fromPromise. Callbacks, observables and child machines cannot be resumed after a crash; write it as a promise, or as states of the chart.",
    )
  })

  test.each<[string, object]>([
    ['inline', { invoke: { src: promise, id: 'x' } }],
    ['unknown', { invoke: { src: 'nowhere', id: 'x' } }],
  ])('for %s logic that is invoked', (_, scenario) => {
    expect(refusal(scenario)).toThrow(
      "Chart 'c' invokes logic without a known name (x) in state 'c.scenario'. Name it in callSetup.extend({ actors }) and invoke it by that name, so that it can be run again after a restart.",
    )
  })

  test('for an invocation with a systemId', () => {
    expect(refusal({ invoke: { src: 'p', systemId: 's' } }, { actors: { p: promise } })).toThrow(
      "gives an invocation a systemId in state 'c.scenario'. Remove it; results come back as events.",
    )
  })

  test.each<[string, object, string]>([
    ['action', { entry: 'hangUpp' }, "asks for the unknown action 'hangUpp'"],
    ['guard', on({ guard: 'isStaf' }), "asks the unknown guard 'isStaf'"],
    [
      'guard among others',
      on({ guard: and(['isOutgoing', not('isStaf')]) }),
      "the unknown guard 'isStaf'",
    ],
    ['delay', { after: { patienc: {} } }, "waits for the unknown delay 'patienc'"],
    [
      'delay of a raise',
      { entry: callSetup.raise({ type: 'call.gone' }, { delay: 'patienc' as 'rosterPoll' }) },
      "the unknown delay 'patienc'",
    ],
    [
      'event',
      { on: { 'prompt.complete': {} } },
      "listens to 'prompt.complete', which nothing sends,",
    ],
    [
      'family of events',
      { on: { 'tone.recieved.*': {} } },
      "listens to 'tone.recieved.*', which nothing sends,",
    ],
    [
      'initial state',
      { initial: 'strat', states: { start: {} } },
      "starts with the unknown state 'strat'",
    ],
    ['part of a state', { entri: 'hangUp' }, "has 'entri', which means nothing"],
    ['part of a transition', on({ taget: 'x' }), "has 'taget', which means nothing"],
    [
      'part of an always',
      { initial: 'a', states: { a: { always: { gaurd: 'x' } } } },
      "has 'gaurd', which means nothing",
    ],
    [
      'part of an invocation',
      { invoke: { src: 'p', ondone: 'x' } },
      "has 'ondone', which means nothing",
    ],
  ])('for a misspelt %s', (_, scenario, reason) => {
    expect(refusal(scenario, { actors: { p: promise } })).toThrow(reason)
  })

  test('for a misspelt target, when it is built', () => {
    const scenario = { initial: 'a', states: { a: on('nowhere') } }
    expect(() => chartOf(scenario)).toThrow("Child state 'nowhere' does not exist")
  })

  test('for a plain target among several after a delay, which XState would drop', () => {
    const after = { 10000: [{ guard: 'isGroup', target: 'b' }, 'b'] }
    const scenario = { initial: 'a', states: { a: { after }, b: {} } }
    expect(refusal(scenario)).toThrow("the plain target 'b' among several after '10000'")
    expect(refusal({ initial: 'a', states: { a: { after: { 10000: 'b' } }, b: {} } })).not.toThrow()
  })

  test.each<[string, object, string]>([
    [
      'missing',
      { type: 'transfer', params: { too: 'desk@contoso.com' } },
      "'transfer' with a wrong parameter, 'to'",
    ],
    [
      'of a joining',
      { type: 'rejectJoin', params: { reason: 7 } },
      "'rejectJoin' with a wrong parameter, 'reason'",
    ],
    ['left out', { type: 'playPrompt' }, "'playPrompt' with a wrong parameter, 'prompt'"],
    [
      'out of range',
      { type: 'redirect', params: { targets: 'a@b.c', timeout: 5 } },
      "'timeout': must be at least 15",
    ],
  ])('for a parameter of an effect that is %s', (_, effect, reason) => {
    expect(refusal({ entry: effect })).toThrow(reason)
  })

  test('naming the innermost state', () => {
    const scenario = {
      initial: 'a',
      states: { a: { initial: 'b', states: { b: { entry: 'x' } } } },
    }
    expect(refusal(scenario)).toThrow("in state 'c.scenario.a.b'")
  })
})

describe('a chart is not refused', () => {
  test.each<[string, object, object?]>([
    [
      'for events of the author’s own',
      { on: { 'order.found': {}, 'order.*': {}, done: {}, '*': {} } },
    ],
    ['for families of ours', { on: { 'prompt.*': {}, 'xstate.done.actor.p': {} } }],
    [
      'for parameters computed on the call',
      { entry: { type: 'transfer', params: () => ({ to: 'x' }) } },
    ],
    [
      'for inline guards and created actions',
      on({ guard: () => true, actions: [assign({}), raise({ type: 'x.y' })] }),
    ],
    [
      'for delays in milliseconds, named and computed',
      {
        after: { 10: {}, keepAliveInterval: {} },
        entry: [raise({ type: 'x.y' }, { delay: 5 }), raise({ type: 'x.y' }, { delay: () => 5 })],
      },
    ],
    [
      'for invoked promise logic',
      { invoke: { src: 'p', onDone: {}, onError: {} } },
      { actors: { p: promise } },
    ],
    [
      'for tags, meta, history and descriptions',
      {
        initial: 'a',
        states: {
          a: { tags: 't', meta: { x: 1 }, description: 'd' },
          h: { type: 'history', history: 'deep', target: 'a' },
        },
      },
    ],
    [
      'for an initial state given as a transition',
      { initial: { target: 'a', actions: 'hangUp' }, states: { a: {} } },
    ],
  ])('%s', (_, scenario, parts) => {
    expect(refusal(scenario, parts)).not.toThrow()
  })
})

describe('a loaded chart', () => {
  test('hears what it listens to, families and XState’s own events', () => {
    const machine = createMachine({ id: 'c', version: '1', on: { 'a.b': act, 'c.*': act } })
    const { hears } = loadChart(machine)
    expect(['a.b', 'c.d', 'xstate.after.1.c'].every(hears)).toBe(true)
    expect(['a', 'a.b.c', 'cc.d'].some(hears)).toBe(false)
  })

  test('that listens to everything hears everything', () => {
    const { hears } = loadChart(createMachine({ id: 'c', version: '1', on: { '*': act } }))
    expect(hears('anything')).toBe(true)
  })

  test('runs promise logic by name, with its input; its failure is its own', async () => {
    const actors = {
      double: fromPromise(async ({ input }: { input: number }) => input * 2),
      fail: fromPromise(async () => Promise.reject(new Error('no'))),
    }
    const chart = loadChart(setup({ actors }).createMachine({ id: 'c', version: '1' }))
    const { signal } = new AbortController()
    await expect(chart.invoke('double', 4, signal)).resolves.toBe(8)
    await expect(chart.invoke('fail', undefined, signal)).rejects.toThrow('no')
    expect(() => chart.invoke('gone', undefined, signal)).toThrow(
      "Chart 'c' no longer brings the logic 'gone' that a stored call waits for. Add it again, or upgrade the call.",
    )
  })

  test('tells running logic when it is aborted', async () => {
    let told: AbortSignal | undefined
    const wait = fromPromise(async ({ signal }) => {
      told = signal
      await new Promise(() => {})
    })
    const chart = loadChart(setup({ actors: { wait } }).createMachine({ id: 'c', version: '1' }))
    const aborter = new AbortController()
    void chart.invoke('wait', undefined, aborter.signal).catch(() => {})
    aborter.abort()
    expect(told?.aborted).toBe(true)
  })
})
