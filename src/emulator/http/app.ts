/** All routes of the service, in one Hono app for every emulator of the process. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { EmulatorError, GraphError } from '../errors.ts'
import { controlRoutes } from './control.ts'
import { errorResponse } from './envelope.ts'
import { graphRoutes } from './graph.ts'
import { loginRoutes } from './login.ts'
import { openIdRoutes } from './openid.ts'
import { frontPage } from './page.ts'
import type { Env } from './parts.ts'
import { originOf } from './parts.ts'
import { recordingRoutes } from './recordings.ts'

const nobody = { requestId: '', clientRequestId: '' }

// Made once: a test has thousands of emulators, and its routes cost each more than a simulated call.
// Graph does not mind a slash at the end: one of its examples has it.
export const serviceApp = new Hono<Env>({ strict: false })
serviceApp.use((c, next) => {
  const maxSize = c.env.service.world.switches.requestBytesMax
  return bodyLimit({ maxSize, onError: () => tooLarge(c, maxSize) })(c, next)
})
serviceApp.get('/', (c) => c.text(frontPage(originOf(c))))
serviceApp.route('/', controlRoutes())
serviceApp.route('/', openIdRoutes())
serviceApp.route('/', graphRoutes())
serviceApp.route('/', recordingRoutes())
serviceApp.route('/', loginRoutes())
serviceApp.onError((error, c) => {
  if (!(error instanceof EmulatorError)) return errorResponse(error, nobody, clockOf(c))
  const status = error.code.endsWith('.unknown') ? 404 : 400
  return Response.json({ code: error.code, what: error.message, fix: error.fix }, { status })
})

function tooLarge(c: Context<Env>, maxSize: number): Response {
  const what = `The request body is larger than ${maxSize} bytes.`
  const refusal = new GraphError(413, 'RequestEntityTooLarge', what, 'Send less.')
  return errorResponse(refusal, nobody, clockOf(c))
}

function clockOf(c: Context<Env>) {
  return c.env.service.world.clock
}
