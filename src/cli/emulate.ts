/** `callchart emulate`: the emulated Graph calling service alone, for any bot. */
import { Command, Option } from 'commander'
import { SimulatedClock, SystemClock } from '../clock.ts'
import { type AppOptions, createEmulator, type Switches } from '../emulator/index.ts'
import { emulatedBot, emulatedEnvironment } from './emulated.ts'
import { type FurtherApp, withApp } from './furtherApps.ts'
import { port } from './numbers.ts'
import { guid, webhook } from './registrations.ts'
import { stopAsked } from './stopAsked.ts'
import { switchList, withSwitch } from './switches.ts'
import { printFacts } from './terminal/facts.ts'
import { ledgerRow } from './terminal/ledgerRow.ts'
import { print, span } from './terminal/line.ts'
import { printRow } from './terminal/row.ts'

type EmulateOptions = {
  readonly port: number
  readonly appId: string
  readonly secret: string
  readonly webhook: string
  readonly tenant: string
  readonly prompts?: Switches['prompts']
  readonly app?: readonly FurtherApp[]
  readonly simulatedClock?: true
  readonly switch?: Partial<Switches>
}

const HELP = `
It serves tokens, signing keys, the calling methods of Graph and signed
notifications, and knows one bot from the start: the one these options describe.
Each --app is one more, as a bot of several app registrations has them.
GET / on it lists all it serves. Drive its people with "callchart sim".

Switches, with their defaults:
${switchList()}

Examples:
  $ callchart emulate
  $ callchart emulate --webhook http://localhost:3978/api/calls --prompts manual
  $ callchart emulate --app 5a5a0000-2222-4222-8333-444455556666,secret=night
  $ callchart emulate --switch ringingState=true --switch mediaState=included`

export function emulateCommand(): Command {
  return new Command('emulate')
    .description('Run the emulated Graph calling service alone, for any calling bot.')
    .option('--port <port>', 'port to listen on, on this machine only', port, 8081)
    .option('--webhook <url>', "the bot's webhook", webhook, 'http://localhost:8080/api/calls')
    .option('--app-id <guid>', "the bot's app id", guid, emulatedBot.id)
    .option('--secret <text>', "the bot's client secret", emulatedBot.secret)
    .option('--tenant <guid>', "the bot's home tenant", guid, emulatedBot.tenantId)
    .option(
      '--app <guid,…>',
      'one more bot, and its secret, tenant or webhook; repeatable',
      withApp,
    )
    .addOption(
      new Option('--prompts <end>', 'prompts end by their length, or by finish-prompt').choices([
        'timed',
        'manual',
      ]),
    )
    .option('--simulated-clock', 'time stands still until "callchart sim advance"')
    .option('--switch <name=value>', 'set a switch; may be repeated', withSwitch)
    .addHelpText('after', HELP)
    .action(emulate)
}

async function emulate(options: EmulateOptions): Promise<void> {
  const { appId, secret, tenant: tenantId, prompts } = options
  const first = { id: appId, secret, tenantId, webhook: options.webhook }
  const further = (options.app ?? []).map((app) => ({ ...first, ...app }))
  const emulator = createEmulator({
    clock: options.simulatedClock ? new SimulatedClock(Date.now()) : new SystemClock(),
    switches: { ...options.switch, ...(prompts && { prompts }) },
    apps: [first, ...further],
  })
  emulator.events((entry) => printRow(ledgerRow(entry)))
  const stop = stopAsked()
  const emulatorUrl = await emulator.listen(options.port)
  printStart(emulatorUrl, options, further)
  await stop
  await emulator.close()
}

function printStart(
  emulatorUrl: string,
  options: EmulateOptions,
  further: readonly AppOptions[],
): void {
  const { appId, secret, tenant: tenantId } = options
  printFacts([span('The Graph calling service, emulated', 'bold')], {
    Graph: `${emulatorUrl}/v1.0`,
    tokens: `${emulatorUrl}/${tenantId}/oauth2/v2.0/token`,
    keys: `${emulatorUrl}/v1/.well-known/OpenIdConfiguration`,
    webhook: options.webhook,
  })
  print()
  print(span('A Callchart bot takes its calls with'))
  const publicUrl = options.webhook.replace(/\/api\/calls\/?$/, '')
  const variables = emulatedEnvironment({ emulatorUrl, publicUrl, appId, secret, tenantId })
  for (const [name, value] of Object.entries(variables)) {
    print(span(`  export ${name}=${value}`))
  }
  print(span('  npx callchart serve ./bot.ts'))
  print()
  print(
    span('Ring it:  '),
    span(`npx callchart sim ring --from bob@fabrikam.com${urlOption(emulatorUrl)}`, 'bold'),
  )
  for (const { id, webhook: at } of further) {
    const to = at === options.webhook ? '' : `  (at ${at})`
    print(span(`          … --to ${id}`, 'bold'), span(to))
  }
  print()
}

/** What `callchart sim` needs to be told to find an emulator. */
export function urlOption(emulatorUrl: string): string {
  return new URL(emulatorUrl).port === '8081' ? '' : ` --url ${emulatorUrl}`
}
