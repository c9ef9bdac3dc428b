/** Further bots of an emulator as they are written on a command line: `GUID,secret=TEXT,webhook=URL`. */
import { CallchartError } from '../errors.ts'
import { isGuid, isWebUrl } from './registrations.ts'

/** One more bot; what it leaves out is as the first one's. */
export type FurtherApp = {
  readonly id: string
  readonly secret?: string
  readonly tenantId?: string
  readonly webhook?: string
}

const settings: ReadonlyMap<string, 'secret' | 'tenantId' | 'webhook'> = new Map([
  ['secret', 'secret'],
  ['tenant', 'tenantId'],
  ['webhook', 'webhook'],
])

/** Reads one more; throws `CallchartError` that says how it is written. */
export function withApp(text: string, before: readonly FurtherApp[] = []): readonly FurtherApp[] {
  const [id = '', ...given] = text.split(',')
  if (id === '' || id.includes('=')) throw wrong(`"${text}" does not begin with an app id.`)
  if (!isGuid(id)) throw wrong(`"${id}" is no app id: that is a GUID.`)
  if (before.some((app) => app.id === id)) throw wrong(`App ${id} is given twice.`)
  const further = given.map((part) => settingIn(part, id))
  return [...before, { id, ...Object.fromEntries(further) }]
}

function settingIn(part: string, id: string): readonly [string, string] {
  const [name = '', ...rest] = part.split('=')
  const [setting, value] = [settings.get(name), rest.join('=')]
  if (!setting || value === '') throw wrong(`"${name}" of app ${id} is no setting with a value.`)
  if (setting === 'webhook' && !isWebUrl(value))
    throw wrong(`The webhook of app ${id} is no http or https URL.`)
  if (setting === 'tenantId' && !isGuid(value)) throw wrong(`The tenant of app ${id} is no GUID.`)
  return [setting, value]
}

function wrong(what: string): CallchartError {
  return new CallchartError({
    code: 'emulate.app',
    what,
    fix: 'Write --app GUID,secret=TEXT,tenant=GUID,webhook=URL; what is left out is as the first app has it.',
  })
}
