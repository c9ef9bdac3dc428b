/** The control API: drives this world's people and reads its record, from other processes. */
import type { Context } from 'hono'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { isLoopback } from '../../loopback.ts'
import type { EmulatedCall } from '../emulatedCall.ts'
import type { Emulator } from '../emulator.ts'
import { EmulatorError } from '../errors.ts'
import { noFaults } from '../faults.ts'
import type { LedgerEntry } from '../ledger.ts'
import { modality } from '../schemas.ts'
import type { Env } from './parts.ts'

const who = z.object({ who: z.string().optional() })
const someone = z.object({ who: z.string() })
const chance = z.number().min(0).max(1)

const dials = z.strictObject({
  duplicate: chance.default(noFaults.duplicate),
  reorder: chance.default(noFaults.reorder),
  delay: chance.default(noFaults.delay),
  drop: chance.default(noFaults.drop),
  throttle: chance.default(noFaults.throttle),
  fail: chance.default(noFaults.fail),
  slow: chance.default(noFaults.slow),
  cut: chance.default(noFaults.cut),
  afterEffect: chance.default(noFaults.afterEffect),
  delayMs: z.int().min(0).default(noFaults.delayMs),
  slowMs: z.int().min(0).default(noFaults.slowMs),
  retryAfterSeconds: z.int().min(0).default(noFaults.retryAfterSeconds),
})

const app = z.object({
  id: z.string().min(1),
  secret: z.string().optional(),
  name: z.string().optional(),
  webhook: z.url(),
  tenantId: z.string().optional(),
  roles: z.array(z.string()).optional(),
  instances: z.array(z.object({ id: z.string(), phone: z.string().optional() })).optional(),
  mayRemoveParticipants: z.boolean().optional(),
  mayActForUsers: z.boolean().optional(),
  organizer: z.string().optional(),
})

const meeting = z.object({
  organizer: z.string().optional(),
  threadId: z.string().optional(),
  joinMeetingId: z.string().optional(),
  passcode: z.string().optional(),
  lobby: z.boolean().optional(),
})

const policyWish = z.object({
  user: z.string().min(1),
  to: z.string().optional(),
  meeting: z.string().optional(),
  otherSide: z.string().optional(),
  policyIdentifier: z.string().optional(),
})

export function controlRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use('/emulator/*', async (c, next) => (mayControl(c.env.emulator, c) ? next() : refuse(c)))
  worldRoutes(routes)
  callRoutes(routes)
  timelineRoutes(routes)
  return routes
}

function worldRoutes(routes: Hono<Env>): void {
  routes.post('/emulator/apps', async (c) => {
    const { secret: _, ...shown } = c.env.emulator.register(await read(c, app))
    return c.json(shown, 201)
  })
  routes.post('/emulator/ring', async (c) => {
    const wish = z.object({
      from: z.string().min(1),
      to: z.string().optional(),
      onBehalfOf: z.string().optional(),
      modalities: z.array(modality).optional(),
    })
    return c.json(c.env.emulator.ring(await read(c, wish)).truth(), 201)
  })
  routes.post('/emulator/meetings', async (c) => {
    const { conversation: _, ...shown } = c.env.emulator.meeting(await read(c, meeting))
    return c.json(shown, 201)
  })
  routes.post('/emulator/meetings/:id/recordings', async (c) => {
    const wish = await read(c, z.object({ durationMs: z.int().min(0).optional() }))
    const meeting = c.env.emulator.meetingOf(c.req.param('id'))
    return c.json(c.env.emulator.recordMeeting(meeting, wish.durationMs), 201)
  })
  routes.post('/emulator/policy-calls', async (c) => {
    const { meeting, ...wish } = await read(c, policyWish)
    const named = meeting === undefined ? undefined : c.env.emulator.meetingOf(meeting)
    return c.json(c.env.emulator.policyCall({ ...wish, meeting: named }).truth(), 201)
  })
  routes.post('/emulator/people/:address/script', async (c) => {
    const wish = z.object({ script: z.enum(['answer', 'decline', 'ignore', 'manual']) })
    c.env.emulator.script(c.req.param('address'), (await read(c, wish)).script)
    return c.body(null, 204)
  })
  routes.post('/emulator/people/:address/pick-up', (c) => {
    c.env.emulator.pickUp(c.req.param('address'))
    return c.body(null, 204)
  })
  routes.post('/emulator/people/:address/decline', (c) => {
    c.env.emulator.decline(c.req.param('address'))
    return c.body(null, 204)
  })
  routes.post('/emulator/clock/advance', async (c) => {
    await c.env.emulator.moveOn((await read(c, z.object({ ms: z.int().min(0) }))).ms)
    return c.json({ nowMs: c.env.emulator.clock.now() })
  })
  routes.post('/emulator/faults', async (c) => {
    c.env.emulator.setFaults(await read(c, dials))
    return c.body(null, 204)
  })
  routes.post('/emulator/keys/rotate', async (c) => {
    await c.env.emulator.rotateKeys()
    return c.body(null, 204)
  })
}

function callRoutes(routes: Hono<Env>): void {
  routes.get('/emulator/calls', (c) => c.json(c.env.emulator.calls.map((call) => call.truth())))
  routes.get('/emulator/calls/:id', (c) => c.json(c.env.emulator.call(c.req.param('id')).truth()))
  routes.post('/emulator/calls/:id/press', async (c) => {
    const { tone } = await read(c, z.object({ tone: z.string() }))
    return c.json(await c.env.emulator.call(c.req.param('id')).press(tone))
  })

  routes.post('/emulator/calls/:id/policy-join', async (c) => {
    const { who } = await read(c, someone)
    return c.json(await c.env.emulator.call(c.req.param('id')).policyJoin(who))
  })

  const deed = <Wish>(
    path: string,
    wish: z.ZodType<Wish>,
    act: (call: EmulatedCall, wish: Wish) => void,
  ) =>
    routes.post(`/emulator/calls/:id/${path}`, async (c) => {
      const call = c.env.emulator.call(c.req.param('id'))
      act(call, await read(c, wish))
      return c.json(call.truth())
    })
  deed('finish-prompt', z.object({}), (call) => call.finishPrompt())
  deed('say', z.object({ durationMs: z.int().min(0) }), (call, { durationMs }) =>
    call.say(durationMs),
  )
  deed('hangup', who, (call, wish) => call.hangUp(wish.who))
  deed('join', someone.extend({ interactive: z.boolean().optional() }), (call, wish) =>
    call.join(wish.who, wish.interactive),
  )
  deed('escalate', someone, (call, wish) => call.escalate(wish.who))
  deed('leave', someone, (call, wish) => call.leave(wish.who))
  deed('mute', who, (call, wish) => call.mute(wish.who))
  deed('unmute', who, (call, wish) => call.unmute(wish.who))
  deed('share', who.extend({ sharing: z.boolean().optional() }), (call, wish) =>
    call.share(wish.sharing, wish.who),
  )
  deed('change-shared', who, (call, wish) => call.changeShared(wish.who))
  deed('camera', who.extend({ on: z.boolean().optional() }), (call, wish) =>
    call.camera(wish.on, wish.who),
  )
  deed('hold', who, (call, wish) => call.hold(wish.who))
  deed('resume', who, (call, wish) => call.resume(wish.who))
  deed('transcribe', z.object({ on: z.boolean().optional() }), (call, wish) =>
    call.transcribe(wish.on),
  )
  deed('end', z.object({ code: z.int(), subcode: z.int() }), (call, wish) => call.end(wish))
  deed('policy-leave', someone, (call, wish) => call.policyLeave(wish.who))
  deed('remove-bot', z.object({}), (call) => call.removeBot())
  deed('admit', z.object({}), (call) => call.admit())
}

function timelineRoutes(routes: Hono<Env>): void {
  routes.get('/emulator/record', (c) =>
    c.json({ requests: c.env.emulator.requests, record: c.env.emulator.record }),
  )
  routes.get('/emulator/events', (c) =>
    streamSSE(c, async (stream) => {
      const tell = (entry: LedgerEntry) =>
        void stream.writeSSE({ event: entry.kind, data: JSON.stringify(entry) })
      const stop = c.env.emulator.events(tell)
      await new Promise<void>((gone) => stream.onAbort(gone))
      stop()
    }),
  )
}

function mayControl(emulator: Emulator, c: Context<Env>): boolean {
  if (emulator.switches.control === 'anyone') return true
  const peer = c.env.incoming?.socket.remoteAddress
  const near = peer === undefined || /^(::1|(::ffff:)?127\.)/.test(peer)
  // The name is checked too, or a web page could reach us by a name of its own.
  return near && isLoopback(new URL(c.req.url))
}

function refuse(c: Context<Env>): Response {
  const what = 'The control API is for this machine only.'
  const fix = 'Start the emulator with the switch control: anyone.'
  return c.json({ code: 'control.refused', what, fix }, 403)
}

async function read<Wish>(c: Context<Env>, wish: z.ZodType<Wish>): Promise<Wish> {
  const text = await c.req.text()
  const parsed = wish.safeParse(parseJson(text || '{}'))
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(
    (each) => `${each.path.join('.') || 'body'}: ${each.message}`,
  )
  throw new EmulatorError({
    code: 'control.invalid',
    what: `The body of ${c.req.path} is not valid: ${wrong.join('; ')}.`,
    fix: 'Mend these fields; GET / shows what each route takes.',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
