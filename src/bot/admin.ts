/** Looking in: the admin API and the console on the bot's own server, where a token for them is configured. */
import { type Admin, createAdmin } from '../admin/index.ts'
import { createConsole } from '../console/index.ts'
import { requestFor } from '../graph/index.ts'
import type { BotOptions } from './options.ts'
import type { Parts } from './parts.ts'

/** Opens both; closed to everybody, as if they were not there, without a token. */
export function openAdmin(options: BotOptions, parts: Omit<Parts, 'admin'>): Admin | undefined {
  const { config, clock, engine, observers, presence, store, webhook } = parts
  const { adminToken: token } = config
  if (token === undefined) return undefined
  const admin = createAdmin({
    ...{ token, store, engine, observers, clock },
    publicUrl: () => presence.publicUrl,
    world: options.world,
    deeds: {
      place: async (request, placing) => {
        // What Graph would refuse is told to whoever asks; in a chart it would be an event.
        requestFor('createCall', request, NO_CALL, { ...options, ...NO_COMMAND })
        return engine.call(request, placing)
      },
      operate: (key, type) => engine.operate(key, type),
    },
  })
  webhook.app.route('/admin', admin.app)
  webhook.app.get('/console', (context) => context.redirect('console/'))
  webhook.app.route('/console/', createConsole())
  return admin
}

/** A request that is only looked at is of no call and is never sent. */
const NO_CALL = { key: '', graphId: undefined, tenantId: undefined, callbackUri: '' }
const NO_COMMAND = { commandId: '', promptsUrl: '' }
