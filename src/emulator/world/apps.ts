/** The bots this service knows: registered applications with their webhook and granted roles. */
import { callingPermissions, meetingPermissions } from '../permissions.ts'
import { tenantOf } from './identities.ts'

/** Who organizes what nobody else does. */
export const DEFAULT_ORGANIZER = 'olivia@contoso.com'

/** An application instance of a bot: the thing that can own a phone number. */
export type ApplicationInstance = { readonly id: string; readonly phone?: string | undefined }

/** What registering a bot takes. */
export type AppOptions = {
  /** The application (client) id. */
  readonly id: string
  /** The client secret; without one, every secret is right. */
  readonly secret?: string | undefined
  readonly name?: string | undefined
  /** Where incoming calls are announced. */
  readonly webhook: string
  /** The bot's own tenant; by default that of contoso.com. */
  readonly tenantId?: string | undefined
  /** The granted application permissions; by default all of calling and of online meetings. */
  readonly roles?: readonly string[] | undefined
  readonly instances?: readonly ApplicationInstance[] | undefined
  /** Whether the tenant lets the bot remove participants; `true` by default. */
  readonly mayRemoveParticipants?: boolean | undefined
  /** Whether an application access policy lets the bot act on users' meetings; `true` by default. */
  readonly mayActForUsers?: boolean | undefined
  /** The address of the user that `/me` stands for; `olivia@contoso.com` by default. */
  readonly organizer?: string | undefined
}

export type App = {
  readonly id: string
  readonly secret: string | undefined
  readonly name: string
  readonly webhook: string
  readonly tenantId: string
  readonly roles: readonly string[]
  readonly instances: readonly ApplicationInstance[]
  readonly mayRemoveParticipants: boolean
  readonly mayActForUsers: boolean
  readonly organizer: string
}

export function registeredApp(options: AppOptions): App {
  return {
    id: options.id,
    secret: options.secret,
    name: options.name ?? 'Calling Bot',
    webhook: options.webhook,
    tenantId: options.tenantId ?? tenantOf('contoso.com'),
    roles: options.roles ?? [...callingPermissions, ...meetingPermissions],
    instances: options.instances ?? [],
    mayRemoveParticipants: options.mayRemoveParticipants ?? true,
    mayActForUsers: options.mayActForUsers ?? true,
    organizer: options.organizer ?? DEFAULT_ORGANIZER,
  }
}
