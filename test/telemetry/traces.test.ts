/** The spans of real calls over HTTP, as OpenTelemetry's own SDK exports them. */
import { SpanStatusCode, trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { createTracing } from '../../src/telemetry/traces.ts'
import { Rig, type RigOptions } from '../engine/rig.ts'
import { chart, wholeCall } from './watched.ts'

function traced() {
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  })
  const spans = () => exporter.getFinishedSpans()
  return { tracerProvider, spans }
}

function named(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const span = spans.find((each) => each.name === name)
  if (!span) throw new Error(`No span '${name}' among ${spans.map((each) => each.name).join(', ')}`)
  return span
}

/** The names from a span up to its call. */
function above(spans: readonly ReadableSpan[], span: ReadableSpan): readonly string[] {
  const parent = spans.find((each) => each.spanContext().spanId === span.parentSpanContext?.spanId)
  return parent ? [parent.name, ...above(spans, parent)] : []
}

const traceIds = (spans: readonly ReadableSpan[]) =>
  new Set(spans.map((span) => span.spanContext().traceId))

test('a notification leads to its turn, the turn to its request, the request to its operation', async () => {
  const { tracerProvider, spans } = traced()
  const { rig } = await wholeCall({ tracerProvider })
  await using _ = rig
  const all = spans()
  expect(above(all, named(all, 'turn call.started'))).toEqual(['notification call created'])
  expect(above(all, named(all, 'request answer'))).toEqual([
    'turn call.started',
    'notification call created',
  ])
  expect(above(all, named(all, 'turn answer.accepted'))[0]).toBe('request answer')
  expect(above(all, named(all, 'operation playPrompt')).slice(0, 2)).toEqual([
    'request playPrompt',
    'turn xstate.error.actor.0.watched.scenario.looking',
  ])
  expect(above(all, named(all, 'turn xstate.error.actor.0.watched.scenario.looking'))).toEqual([
    'invocation lookUp',
    'turn tone.reported',
    'notification call updated',
  ])
})

test('what a timer or the end of an operation leads to is linked to what it came of', async () => {
  const { tracerProvider, spans } = traced()
  const { rig } = await wholeCall({ tracerProvider })
  await using _ = rig
  const all = spans()
  const fired = named(all, 'turn xstate.after.3000.watched.scenario.asking')
  expect(above(all, fired)).toEqual([])
  const set = named(all, 'turn xstate.error.actor.0.watched.scenario.looking')
  expect(fired.links.map(({ context }) => context.spanId)).toEqual([set.spanContext().spanId])
})

test('the end of an operation is heard below its notification, and linked to the operation', async () => {
  const { tracerProvider, spans } = traced()
  await using rig = await Rig.open(chart, { tracerProvider })
  const call = await rig.ring()
  await call.press('7')
  await rig.settle()
  call.finishPrompt()
  await rig.settle()
  const all = spans()
  const heard = named(all, 'turn prompt.completed')
  expect(above(all, heard)).toHaveLength(1)
  expect(above(all, heard)[0]).toMatch(/^notification /)
  expect(heard.links.map(({ context }) => context.spanId)).toEqual([
    named(all, 'operation playPrompt').spanContext().spanId,
  ])
})

test('a call is one trace, named by its chain: a process that goes on with it goes on with the trace', async () => {
  const { tracerProvider, spans } = traced()
  await using rig = await Rig.open(chart, { tracerProvider })
  const call = await rig.ring()
  const before = spans().length
  await rig.crash()
  await rig.start(chart, { tracerProvider })
  await call.press('7')
  await rig.settle()
  const all = spans()
  const chain = String(call.resource().callChainId).replaceAll('-', '')
  expect([...traceIds(all)]).toEqual([chain])
  expect(all.slice(before).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['turn engine.resumed', 'turn tone.reported', 'request playPrompt']),
  )
})

test('two calls are two traces, and a call the bot places is traced by its key', async () => {
  const { tracerProvider, spans } = traced()
  await using rig = await Rig.open(chart, { tracerProvider })
  await rig.ring()
  const key = await rig.bot.call({ targets: 'ann@fabrikam.com' })
  await rig.settle()
  expect(traceIds(spans()).size).toBe(2)
  expect([...traceIds(spans())]).toContain(key.replaceAll('-', ''))
})

test('what fails is a span with an error: a refused request, a chart that threw', async () => {
  const { tracerProvider, spans } = traced()
  await using rig = await Rig.open(chart, { tracerProvider })
  let refusals = 1
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'answer' && refusals-- > 0
        ? { kind: 'refuse', status: 503, retryAfterSeconds: 1, moment: 'before' }
        : undefined,
  })
  await rig.ring()
  await rig.advance(2_000)
  const answers = spans().filter(({ name }) => name === 'request answer')
  expect(answers.map(({ status }) => status.code)).toEqual([
    SpanStatusCode.ERROR,
    SpanStatusCode.UNSET,
  ])
  expect(answers.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([
    503, 202,
  ])
})

test('no span names anybody, or holds a tone', async () => {
  const { tracerProvider, spans } = traced()
  const { rig } = await wholeCall({ tracerProvider })
  await using _ = rig
  const told = spans().map(({ name, attributes, events, status }) => [
    name,
    attributes,
    events,
    status,
  ])
  expect(told.length).toBeGreaterThan(10)
  expect(/tone7|bob|fabrikam/i.exec(JSON.stringify(told))).toBeNull()
})

test('every span that was begun has ended once its call has', async () => {
  const { tracerProvider, spans } = traced()
  const begun = new Set<string>()
  const counting: RigOptions['tracerProvider'] = {
    getTracer: (...named) => {
      const tracer = tracerProvider.getTracer(...named)
      return {
        startSpan: (...asked) => {
          const span = tracer.startSpan(...asked)
          begun.add(span.spanContext().spanId)
          return span
        },
        startActiveSpan: tracer.startActiveSpan.bind(tracer),
      }
    },
  }
  const { rig } = await wholeCall({ tracerProvider: counting })
  await using _ = rig
  expect(new Set(spans().map((span) => span.spanContext().spanId))).toEqual(begun)
})

test('nobody looks while no provider is given or installed, and the installed one is found', async () => {
  await using rig = await Rig.open(chart)
  await rig.ring()
  const { tracerProvider, spans } = traced()
  trace.setGlobalTracerProvider(tracerProvider)
  try {
    await using other = await Rig.open(chart)
    await other.ring()
    expect(spans().length).toBeGreaterThan(0)
  } finally {
    trace.disable()
  }
})

test('an observer of traces that comes late begins with the first turn it sees', async () => {
  const { tracerProvider, spans } = traced()
  await using rig = await Rig.open(chart)
  const call = await rig.ring()
  rig.bot.observe(createTracing(tracerProvider.getTracer('late')))
  await call.press('7')
  await rig.settle()
  expect(above(spans(), named(spans(), 'turn tone.reported'))).toEqual([
    'notification call updated',
  ])
})
