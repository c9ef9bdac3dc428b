/** All routes of the service, in one Hono app. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LinearRouter } from 'hono/router/linear-router'
import type { Emulator } from '../emulator.ts'
import { EmulatorError, GraphError } from '../errors.ts'
import { controlRoutes } from './control.ts'
import { errorResponse } from './envelope.ts'
import { graphRoutes } from './graph.ts'
import { loginRoutes } from './login.ts'
import { openIdRoutes } from './openid.ts'
import { frontPage } from './page.ts'
import type { Env, Service } from './parts.ts'
import { originOf } from './parts.ts'
import { recordingRoutes } from './recordings.ts'

export function serviceApp(emulator: Emulator, service: Service): Hono<Env> {
  const { clock, switches } = service.world
  const nobody = { requestId: '', clientRequestId: '' }
  const tooLarge = () => {
    const what = `The request body is larger than ${switches.requestBytesMax} bytes.`
    const refusal = new GraphError(413, 'RequestEntityTooLarge', what, 'Send less.')
    return errorResponse(refusal, nobody, clock)
  }
  // Graph does not mind a slash at the end: one of its examples has it.
  const app = new Hono<Env>({ strict: false, router: new LinearRouter() })
  app.use(bodyLimit({ maxSize: switches.requestBytesMax, onError: tooLarge }))
  app.get('/', (c) => c.text(frontPage(originOf(c))))
  app.route('/', controlRoutes(emulator))
  app.route('/', openIdRoutes(service))
  app.route('/', graphRoutes(service))
  app.route('/', recordingRoutes(service))
  app.route('/', loginRoutes(service))
  app.onError((error) => {
    if (!(error instanceof EmulatorError)) return errorResponse(error, nobody, clock)
    const status = error.code.endsWith('.unknown') ? 404 : 400
    return Response.json({ code: error.code, what: error.message, fix: error.fix }, { status })
  })
  return app
}
