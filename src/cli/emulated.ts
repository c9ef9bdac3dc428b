/** The bot that the emulated Graph knows without being told, and the environment that makes a bot be it. */
import type { App } from '../config.ts'
import { tenantOf } from '../emulator/index.ts'

export const emulatedBot = {
  id: '0f1c2d3e-0000-4000-8000-00000000b071',
  secret: 'emulated',
  tenantId: tenantOf('contoso.com'),
} as const

/** The same, as a bot is told of itself. */
export const emulatedApp: App = {
  appId: emulatedBot.id,
  credential: { secret: emulatedBot.secret },
  tenantId: emulatedBot.tenantId,
}

/** Who the bot is, and where emulator and bot listen. */
export type EmulatedPlace = {
  readonly emulatorUrl: string
  readonly publicUrl: string
  readonly appId?: string
  readonly secret?: string
  readonly tenantId?: string
}

/** The variables that point a Callchart bot at the emulator. */
export function emulatedEnvironment(place: EmulatedPlace): Readonly<Record<string, string>> {
  const { emulatorUrl } = place
  return {
    CALLCHART_PUBLIC_URL: place.publicUrl,
    CALLCHART_APP_ID: place.appId ?? emulatedBot.id,
    CALLCHART_APP_SECRET: place.secret ?? emulatedBot.secret,
    CALLCHART_TENANT_ID: place.tenantId ?? emulatedBot.tenantId,
    CALLCHART_GRAPH_URL: emulatorUrl,
    CALLCHART_LOGIN_URL: emulatorUrl,
    CALLCHART_KEYS_URL: `${emulatorUrl}/v1/.well-known/OpenIdConfiguration`,
  }
}
