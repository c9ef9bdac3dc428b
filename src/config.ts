/** Configuration from environment variables, read once; every problem is told, all of them at once. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigurationError } from './errors.ts'
import { isSafe } from './loopback.ts'
import { nearest } from './nearest.ts'

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A bot's registration with Microsoft. */
export type App = {
  /** The GUID shown by the registration. */
  readonly appId: string
  readonly credential: { readonly secret: string } | { readonly certificatePem: string }
  /** Its home tenant. */
  readonly tenantId: string
}

/** Where and how a bot runs, and the app that it, or each chart without one of its own, is of. */
export type Config = App & {
  readonly port: number
  /** The interface to listen on; absent for all. */
  readonly host?: string | undefined
  /** Where Graph reaches this engine; no slash at the end. */
  readonly publicUrl: string
  readonly databasePath: string
  /** Days after which ended calls are removed for good; absent for never. */
  readonly retentionDays?: number | undefined
  /** Tenants whose calls are taken; absent for every tenant. */
  readonly tenants?: readonly string[] | undefined
  readonly graphUrl: string
  readonly loginUrl: string
  /** The OpenID configuration that names the keys Graph signs with. */
  readonly keysUrl: string
  readonly issuers: readonly string[]
  /** Opens the admin API to whoever has it; closed to everybody when absent. */
  readonly adminToken?: string | undefined
  /** Where metrics are served for Prometheus; absent for nowhere. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined
}

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

const url = z
  .string()
  .refine((text) => URL.canParse(text) && isSafe(new URL(text)), {
    error: 'give an https URL; plain http is for localhost only',
  })
  .refine((text) => !/[?#@]/.test(text), { error: 'give it without user name, query or fragment' })
  .transform((text) => text.replace(/\/+$/, ''))

const guid = z
  .string('set it to the GUID shown by the app registration')
  .regex(GUID, 'give the GUID shown by the app registration')
  .transform((text) => text.toLowerCase())

const list = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item))

const pemFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    context.addIssue('give the path of a readable PEM file')
    return z.NEVER
  }
})

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'give a port number, 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'give a port number, 0 to 65535')

const variables = z.object({
  PORT: portNumber.default(8080),
  CALLCHART_HOST: z.string().optional(),
  CALLCHART_PUBLIC_URL: z
    .string('set it to the https URL at which Graph reaches this engine')
    .pipe(url),
  CALLCHART_DATABASE: z.string().default('./calls.db'),
  CALLCHART_RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'give a whole number of days, 1 to 99999')
    .transform(Number)
    .optional(),
  CALLCHART_APP_ID: guid,
  CALLCHART_APP_SECRET: z.string().optional(),
  CALLCHART_APP_CERTIFICATE: pemFile.optional(),
  CALLCHART_TENANT_ID: guid,
  CALLCHART_TENANTS: list(guid).optional(),
  CALLCHART_ADMIN_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{20,500}$/,
      'give at least 20 characters, without spaces, that nobody can guess',
    )
    .optional(),
  CALLCHART_GRAPH_URL: url.default('https://graph.microsoft.com'),
  CALLCHART_LOGIN_URL: url.default('https://login.microsoftonline.com'),
  CALLCHART_KEYS_URL: url.default('https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration'),
  CALLCHART_ISSUERS: list(z.string().min(1, 'give issuers, a comma between them')).default([
    'https://graph.microsoft.com',
    'https://api.botframework.com',
  ]),
  CALLCHART_METRICS_PORT: portNumber.optional(),
  CALLCHART_METRICS_HOST: z.string().default('127.0.0.1'),
})

type Variables = z.output<typeof variables>

const NAMES = Object.keys(variables.shape)
const CREDENTIALS: readonly string[] = ['CALLCHART_APP_SECRET', 'CALLCHART_APP_CERTIFICATE']
const SECRETS: readonly string[] = [...CREDENTIALS, 'CALLCHART_ADMIN_TOKEN']

/** Reads the configuration; throws one `ConfigurationError` that names every variable to mend. */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  const problems = [
    ...(read.error?.issues ?? []).map(({ path: [name], message }) =>
      problem(String(name), given[String(name)], message),
    ),
    ...credentialProblems(given),
    ...unknownNames(given),
  ]
  const credential = read.data && credentialOf(read.data)
  if (read.data && credential && problems.length === 0) return configOf(read.data, credential)
  throw new ConfigurationError({
    code: 'configuration.invalid',
    what: `The configuration is wrong${problems.length === 1 ? '' : ` in ${problems.length} places`}:\n${problems.join('\n')}\n`,
    fix: 'Mend these environment variables, and start again.',
  })
}

const nonEmpty = z.string('give a text').min(1, 'give one that is not empty')
const appShape = z.object({
  appId: guid,
  credential: z.union(
    [z.strictObject({ secret: nonEmpty }), z.strictObject({ certificatePem: nonEmpty })],
    'give { secret } or { certificatePem }',
  ),
  tenantId: guid,
})

/** The app that a chart names as its own; throws `ConfigurationError` that names what is wrong, and no value. */
export function readApp(app: App, chartId: string): App {
  const read = appShape.safeParse(app)
  if (read.data) return read.data
  const problems = read.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'app'}: ${message}`,
  )
  throw new ConfigurationError({
    code: 'app.invalid',
    what: `The app of chart '${chartId}' is wrong: ${problems.join('; ')}.`,
    fix: 'Give its appId, credential and tenantId, secrets by an environment variable of your own.',
  })
}

function configOf(read: Variables, credential: Config['credential']): Config {
  return {
    port: read.PORT,
    host: read.CALLCHART_HOST,
    publicUrl: read.CALLCHART_PUBLIC_URL,
    databasePath: read.CALLCHART_DATABASE,
    retentionDays: read.CALLCHART_RETENTION_DAYS,
    appId: read.CALLCHART_APP_ID,
    credential,
    tenantId: read.CALLCHART_TENANT_ID,
    tenants: read.CALLCHART_TENANTS,
    graphUrl: read.CALLCHART_GRAPH_URL,
    loginUrl: read.CALLCHART_LOGIN_URL,
    keysUrl: read.CALLCHART_KEYS_URL,
    issuers: read.CALLCHART_ISSUERS,
    adminToken: read.CALLCHART_ADMIN_TOKEN,
    metrics:
      read.CALLCHART_METRICS_PORT === undefined
        ? undefined
        : { host: read.CALLCHART_METRICS_HOST, port: read.CALLCHART_METRICS_PORT },
  }
}

function credentialOf(read: Variables): Config['credential'] | undefined {
  if (read.CALLCHART_APP_SECRET !== undefined) return { secret: read.CALLCHART_APP_SECRET }
  if (read.CALLCHART_APP_CERTIFICATE === undefined) return undefined
  return { certificatePem: read.CALLCHART_APP_CERTIFICATE }
}

function problem(name: string, found: string | undefined, mend: string): string {
  // A URL may carry a password before its @.
  const isPrivate = SECRETS.includes(name) || found?.includes('@')
  const value = found === undefined ? 'is not set' : isPrivate ? 'is wrong' : `is "${shown(found)}"`
  return `  ${name} ${value}: ${mend}.`
}

function shown(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value
}

function credentialProblems(given: Environment): readonly string[] {
  const count = CREDENTIALS.filter((name) => given[name] !== undefined).length
  if (count === 1) return []
  return [
    `  ${CREDENTIALS.join(' or ')}: set one of the two, ${count === 0 ? 'none' : 'both'} found.`,
  ]
}

/** A misspelt name would be a setting silently lost. */
function unknownNames(given: Environment): readonly string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('CALLCHART_') && !NAMES.includes(name))
    .map((name) => `  ${name} is not known: did you mean ${nearest(name, NAMES)}?`)
}
