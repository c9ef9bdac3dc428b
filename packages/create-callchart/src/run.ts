/** The command: asks for a folder where none is named, makes the bot there, installs it, and says what to try. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs, styleText } from 'node:util'
import { makeBot, Refusal } from './makeBot.ts'

const HELP = `Makes a calling bot for Microsoft Graph (Teams), ready to be rung on this machine.

Usage: npm create callchart@latest [folder] [-- options]

Options:
  --no-install         leave \`npm install\` to you
  --callchart <where>  a version, tarball or folder of callchart; default: ${ownVersion()}
  --version            print the version
  --help               print this

Examples:
  $ npm create callchart@latest my-bot
  $ npm create callchart@latest my-bot -- --no-install`

const DEFAULT_FOLDER = 'my-bot'

/** Runs the command line given; resolves to the exit code. Problems are told on stderr. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await create(read(args))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(
      `${styleText('red', 'create-callchart:', { stream: process.stderr })} ${error.message}`,
    )
    return 1
  }
}

type Asked = ReturnType<typeof read>

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        install: { type: 'boolean', default: true },
        callchart: { type: 'string' },
        version: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new Refusal(`${why}. See npm create callchart@latest -- --help.`)
  }
}

async function create({ values, positionals }: Asked): Promise<number> {
  if (values.help || values.version) {
    console.log(values.help ? HELP : ownVersion())
    return 0
  }
  if (positionals.length > 1) {
    throw new Refusal(`One folder is wanted, not ${positionals.length}: ${positionals.join(', ')}.`)
  }
  const folder = resolve(positionals[0] ?? (await askFolder()))
  const { name } = makeBot(folder, values.callchart ?? ownVersion())
  const place = relative('.', folder) || '.'
  tellMade(name, place)
  const installed = values.install ? install(folder, place) : undefined
  tellNext(place, installed === true)
  return installed === false ? 1 : 0
}

async function askFolder(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Refusal('Name the folder to make: npm create callchart@latest my-bot.')
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const leaving = new AbortController()
  terminal.once('close', () => leaving.abort())
  try {
    const answer = await terminal.question(
      `Which folder shall the bot be in? (${DEFAULT_FOLDER}) `,
      {
        signal: leaving.signal,
      },
    )
    return answer.trim() || DEFAULT_FOLDER
  } catch {
    throw new Refusal('No folder was named; nothing was made.')
  } finally {
    terminal.close()
  }
}

function tellMade(name: string, place: string): void {
  console.log(`
${styleText('green', '✓')} ${styleText('bold', name)} is made in ${place}: a front desk that greets callers,
  and puts them through.

    chart.ts           the bot: what a call can be, and what it does
    chart.test.ts      its test, in simulated time
    property.test.ts   what holds whatever callers do and whatever goes wrong
    prompts/           what callers hear
    README.md          how to go on
`)
}

/** Whether npm could install what the bot needs. */
function install(folder: string, place: string): boolean {
  console.log(styleText('dim', 'Installing what it needs with npm …'))
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status === 0) return true
  console.error(
    `${styleText('red', '✗', { stream: process.stderr })} npm could not install it; the bot is made all the same. Mend what npm says above, then run npm install in ${place}.`,
  )
  return false
}

function tellNext(place: string, isInstalled: boolean): void {
  const steps = [
    ...(place === '.' ? [] : [[`cd ${place}`, '']]),
    ...(isInstalled ? [] : [['npm install', '']]),
    ['npm start', 'ring it: an emulated Graph and a caller, nothing to configure'],
    ['npm test', 'its tests'],
  ]
  console.log('\nTry it:\n')
  for (const [command = '', what = ''] of steps) {
    console.log(`    ${styleText('bold', command.padEnd(13))}${what}`.trimEnd())
  }
  console.log('\nThen change chart.ts, and see what the tests say.\n')
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return String(JSON.parse(manifest).version)
}
