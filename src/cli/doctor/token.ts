/** The bot's tokens, asked for as the engine asks, and whether they carry what the chart needs. */

import { appsOf, withApps } from '../../bot/index.ts'
import { SystemClock } from '../../clock.ts'
import type { App, Config } from '../../config.ts'
import type { BotCharts } from '../../engine/index.ts'
import {
  createTokens,
  grantors,
  isGranted,
  NoTokenError,
  permissionsFor,
} from '../../graph/index.ts'
import { type Finding, ok, reasonOf, unknown, wrong } from './finding.ts'
import { type Wishes, wishesOfAll } from './wishes.ts'

/** Tenants that are looked at: a list of hundreds would take minutes and say the same. */
const MOST_TENANTS = 20

/** The tokens of every app of the bot, each for what its own charts wish; throws `ConfigurationError`. */
export async function checkTokens(
  config: Config,
  bot: BotCharts | undefined,
): Promise<readonly Finding[]> {
  if (!bot) return checkApp(config, config, undefined)
  const given = withApps(bot, config)
  const findings = appsOf(given).map((app) => {
    const own = given.charts.filter(({ app: { appId } }) => appId === app.appId)
    return checkApp(config, app, wishesOfAll(own.map(({ chart }) => chart)))
  })
  return (await Promise.all(findings)).flat()
}

async function checkApp(
  config: Config,
  app: App,
  wishes: Wishes | undefined,
): Promise<readonly Finding[]> {
  const tokens = createTokens({ ...config, ...app, clock: new SystemClock() })
  const isOwn = app.appId === config.appId
  const of = isOwn ? '' : ` for app ${app.appId}`
  const tenants = [...new Set([app.tenantId, ...(config.tenants ?? [])])].slice(0, MOST_TENANTS)
  const findings = tenants.map(async (tenantId) => {
    const where = `${of}${tenants.length > 1 ? ` in tenant ${tenantId}` : ''}`
    try {
      const { roles } = await tokens.get(tenantId)
      return [tokenFinding(tenantId, of, roles), ...permissionFindings(wishes, roles, where)]
    } catch (error) {
      return [
        refusedToken(config, `tenant ${tenantId}${of}`, isOwn, error),
        unknown('permission', `Without a token its permissions are not known${where}.`),
      ]
    }
  })
  return (await Promise.all(findings)).flat()
}

function tokenFinding(tenantId: string, of: string, roles: readonly string[]): Finding {
  const carried = roles.length === 0 ? 'no permission' : roles.join(', ')
  return ok('token', `Given for tenant ${tenantId}${of}; it carries ${carried}.`)
}

const LOOK_UP = 'Look the code up at https://login.microsoftonline.com/error.'

/** What Microsoft's login says by number, and what that takes. */
const refusals: { readonly [code: string]: string } = {
  AADSTS700016:
    'Correct CALLCHART_APP_ID, or have an administrator of the tenant consent to the app.',
  AADSTS7000215:
    'Set CALLCHART_APP_SECRET to the value of a client secret, not to its id; make a new one if the value is lost.',
  AADSTS7000222:
    'The client secret has expired: make a new one and set CALLCHART_APP_SECRET to it.',
  AADSTS700027:
    "Upload the certificate of CALLCHART_APP_CERTIFICATE to the app registration, and see that the file's key belongs to it.",
  AADSTS700024: 'Let the machine set its clock by NTP.',
  AADSTS7000112: 'Enable the app registration again.',
  AADSTS7000229: 'Have an administrator of the tenant consent to the app.',
  AADSTS90002: 'Correct CALLCHART_TENANT_ID or CALLCHART_TENANTS.',
}

function refusedToken({ loginUrl }: Config, whom: string, isOwn: boolean, error: unknown): Finding {
  const refusal = error instanceof NoTokenError ? error.refusal : undefined
  if (refusal === undefined) {
    return wrong(
      'token',
      `${loginUrl} gave none for ${whom} (${reasonOf(error)}).`,
      'Let this machine make https requests to it, or correct CALLCHART_LOGIN_URL.',
    )
  }
  return wrong(
    'token',
    `Refused for ${whom}: ${reasonOf(error)}`,
    isOwn ? (refusals[refusal] ?? LOOK_UP) : `Correct the app that the chart names. ${LOOK_UP}`,
  )
}

type Need = { readonly anyOf: readonly string[]; readonly effects: string }

function permissionFindings(
  wishes: Wishes | undefined,
  roles: readonly string[],
  where: string,
): readonly Finding[] {
  const needs = wishes ? needsOf(wishes) : []
  return [
    ...needs.map((need) => needFinding(need, roles, where)),
    ...(wishes ? [placingFinding(roles, where)] : []),
    callerFinding(roles, where),
  ]
}

/** Each list of permissions once, with the effects that need one of it. */
function needsOf({ effects }: Wishes): readonly Need[] {
  const byList = new Map<string, Set<string>>()
  for (const { effect, params } of effects) {
    // Every chart can start with a createCall: whether it does, only whoever places calls knows.
    if (effect === 'createCall') continue
    for (const anyOf of permissionsFor(effect, params)) {
      const list = anyOf.join(' or ')
      byList.set(list, (byList.get(list) ?? new Set()).add(effect))
    }
  }
  return [...byList].map(([list, asking]) => ({
    anyOf: list.split(' or '),
    effects: [...asking].join(', '),
  }))
}

function needFinding({ anyOf, effects }: Need, roles: readonly string[], where: string): Finding {
  const list = anyOf.join(' or ')
  if (isGranted(anyOf, roles)) return ok('permission', `${list} is there for ${effects}${where}.`)
  return wrong(
    'permission',
    `${list} is missing for ${effects}${where}.`,
    `Add it to the app registration and have it granted by ${grantors(anyOf)}.`,
  )
}

const placing = ['Calls.Initiate.All', 'Calls.InitiateGroupCall.All']

function placingFinding(roles: readonly string[], where: string): Finding {
  const granted = placing.filter((permission) => isGranted([permission], roles))
  if (granted.length > 0)
    return ok('permission', `${granted.join(', ')} is there to place calls${where}.`)
  return unknown(
    'permission',
    `Calls cannot be placed${where}, which matters only to a bot that does.`,
    `To place calls, have ${placing.join(' or, for several people at once, ')} granted.`,
  )
}

const calling = [
  ...['Calls.AccessMedia.All', 'Calls.Initiate.All', 'Calls.InitiateGroupCall.All'],
  ...['Calls.JoinGroupCall.All', 'Calls.JoinGroupCallAsGuest.All'],
]

function callerFinding(roles: readonly string[], where: string): Finding {
  if (isGranted(calling, roles)) return ok('permission', `Graph tells who calls${where}.`)
  return wrong(
    'permission',
    `Without any calling permission Graph keeps secret who calls${where}.`,
    `Have one of ${calling.join(', ')} granted by ${grantors(calling)}.`,
  )
}
