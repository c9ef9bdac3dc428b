/** One emulator and one bot on real sockets, with time that stands still until told to pass. */
import { z } from 'zod'
import { SimulatedClock } from '../../src/clock.ts'
import type { AppOptions, EmulatedCall, EmulatorOptions } from '../../src/emulator/index.ts'
import { createEmulator, KeyRing } from '../../src/emulator/index.ts'
import { seededRandom } from '../../src/random.ts'
import type { Bot, Told } from './bot.ts'
import { startBot } from './bot.ts'

export const APP_ID = '0b54b3a4-6d0f-4c1b-9a57-2f6f6f5a1c01'
export const OTHER_APP_ID = '5d1c7b62-93c2-4b1e-8a4e-0d9a4b7f2e02'
export const SECRET = 'a-secret-of-the-test'

const keys = new KeyRing()

export type Asked = {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

export type Stage = Awaited<ReturnType<typeof setStage>>

export async function setStage(
  options: Omit<EmulatorOptions, 'clock'> & { readonly app?: Partial<AppOptions> } = {},
) {
  const clock = new SimulatedClock()
  const { app, ...rest } = options
  const emulator = createEmulator({ random: seededRandom(7), keys, ...rest, clock })
  const url = await emulator.listen()
  const bot = await startBot(url, [APP_ID, OTHER_APP_ID], clock)
  const registered = { id: APP_ID, secret: SECRET, name: 'Front Desk', ...app }
  emulator.register({ webhook: `${bot.url}/api/calls`, ...registered })
  const token = await getToken(url)

  /** A request with its version, e.g. `/beta/communications/calls`. */
  const graph = async (
    verb: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Asked> => {
    const response = await fetch(`${url}${path}`, {
      method: verb,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: z.record(z.string(), z.unknown()).parse(text ? JSON.parse(text) : {}),
    }
  }

  const ask = (verb: string, path: string, body?: unknown) =>
    graph(verb, `/v1.0/communications${path}`, body)

  /** Lets `ms` of time pass, waiting for everything that happens meanwhile. */
  const pass = async (ms = 0) => {
    const untilMs = clock.now() + ms
    await emulator.idle()
    for (
      let next = clock.nextDueMs();
      next !== undefined && next <= untilMs;
      next = clock.nextDueMs()
    ) {
      clock.moveTo(next)
      await emulator.idle()
    }
    clock.moveTo(untilMs)
    await emulator.idle()
  }

  const serviceHosted = {
    '@odata.type': '#microsoft.graph.serviceHostedMediaConfig',
    preFetchMedia: [],
  }
  const acceptance = {
    callbackUri: `${bot.url}/api/calls/desk`,
    acceptedModalities: ['audio'],
    mediaConfig: serviceHosted,
  }
  const appHosted = { '@odata.type': '#microsoft.graph.appHostedMediaConfig', blob: 'blob' }

  return {
    clock,
    emulator,
    url,
    bot,
    token,
    graph,
    ask,
    pass,
    acceptance,
    serviceHosted,
    appHosted,
    prompt: (name = 'welcome') => ({
      '@odata.type': '#microsoft.graph.mediaPrompt',
      mediaInfo: { uri: `${bot.url}/prompts/${name}` },
    }),
    /** A P2P call from Bob, answered and told of. */
    answered: async (wish: object = {}): Promise<EmulatedCall> => {
      const call = emulator.ring({ from: 'bob@fabrikam.com' })
      await pass()
      await ask('POST', `/calls/${call.id}/answer`, { ...acceptance, ...wish })
      await pass()
      bot.told.length = 0
      return call
    },
    /** A meeting the bot has joined, and told of; Bob is in it. */
    joined: async (wish: object = {}): Promise<EmulatedCall> => {
      const meeting = emulator.meeting({ joinMeetingId: '425001' })
      const { body } = await ask('POST', '/calls', {
        callbackUri: `${bot.url}/api/calls/meeting`,
        requestedModalities: ['audio'],
        mediaConfig: serviceHosted,
        meetingInfo: {
          '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
          joinMeetingId: meeting.joinMeetingId,
          passcode: null,
        },
        ...wish,
      })
      const call = emulator.call(String(body.id))
      call.join('bob@fabrikam.com')
      await pass()
      bot.told.length = 0
      return call
    },
    [Symbol.asyncDispose]: async () => {
      // A bot must not ask for keys of an emulator that is gone.
      await emulator.idle()
      await emulator.close()
      await bot.close()
    },
  }
}

export async function getToken(url: string, wish: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${url}/contoso.com/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: APP_ID,
      client_secret: SECRET,
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      ...wish,
    }),
  })
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token
}

/** What the bot was told, one line each: change, what, state or status. */
export function heard(bot: Pick<Bot, 'told'>): readonly string[] {
  return bot.told.map((told) => {
    const what = told.resourceUrl.split('/')[4] ?? 'call'
    return [told.changeType, what, stateOf(told)].filter(Boolean).join(' ')
  })
}

function stateOf({ resourceData }: Told): string {
  if (!resourceData) return ''
  if (Array.isArray(resourceData)) return `of ${resourceData.length}`
  if (resourceData.toneInfo) return 'with a tone'
  if (resourceData.mediaState) return 'with mediaState'
  return String(resourceData.status ?? resourceData.state ?? '')
}

/** The newest notification's resource. */
export function lastTold(bot: Pick<Bot, 'told'>): Record<string, unknown> {
  const resource = bot.told.at(-1)?.resourceData
  return resource && !Array.isArray(resource) ? resource : {}
}

/** The code of a Graph refusal. */
export function errorOf(asked: { readonly body: unknown }) {
  return z
    .object({
      error: z.object({
        code: z.string(),
        message: z.string(),
        innerError: z.object({
          date: z.string(),
          'request-id': z.string(),
          'client-request-id': z.string(),
        }),
      }),
    })
    .parse(asked.body).error
}
