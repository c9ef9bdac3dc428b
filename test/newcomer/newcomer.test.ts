/** Somebody who has never seen Callchart, from an empty folder, with the commands that the README tells. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../src/cli/freePort.ts'
import { copyRepository, pack } from './packed.ts'
import { createRegistry, type Registry } from './registry.ts'
import { Terminal } from './terminal.ts'

const place = mkdtempSync(join(tmpdir(), 'callchart-newcomer-'))
const home = join(place, 'home')
const bot = join(home, 'my-bot')
let registry: Registry
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  const copy = join(place, 'copy')
  copyRepository(copy)
  registry = await createRegistry([
    pack(copy, place),
    pack(join(copy, 'packages', 'create-callchart'), place),
  ])
  mkdirSync(home)
  env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    NO_COLOR: '1',
    CI: '1',
    npm_config_registry: registry.url,
    npm_config_cache: cacheWithoutNpx(),
  }
})

afterAll(() => {
  registry?.close()
  rmSync(place, { recursive: true, force: true })
})

/** What npm has downloaded before is used; what it has run before is not: this may be another build of ours. */
function cacheWithoutNpx(): string {
  const cache = join(place, 'cache')
  const downloads = join(process.env.npm_config_cache ?? join(homedir(), '.npm'), '_cacache')
  mkdirSync(downloads, { recursive: true })
  mkdirSync(cache)
  symlinkSync(downloads, join(cache, '_cacache'))
  return cache
}

/** Runs a command line; the registry answers meanwhile. */
async function run(line: string, cwd = bot) {
  const [command = '', ...args] = line.split(' ')
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let shown = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      shown += text
    })
  await once(child, 'close')
  return { code: child.exitCode, shown }
}

test('npm create callchart@latest my-bot makes a bot and installs it', async () => {
  const { code, shown } = await run('npm create --yes callchart@latest my-bot', home)
  expect(code, shown).toBe(0)
  expect(shown).toContain('npm start')
})

test('npm start rings it, and others can ring from a second terminal', async () => {
  await using starting = new Terminal('npm start', { cwd: bot, env })
  await starting.said(/← transfer/)
  await starting.said(/ended +signalling\.terminated/)
  const url = await starting.said(/npx callchart sim ring --from \S+(?: --url (\S+))?/)
  const emulator = url.startsWith('http') ? ` --url ${url}` : ''
  const { code } = await run(`npx callchart sim ring --from ann@contoso.com${emulator}`)
  expect(code).toBe(0)
  await starting.said(/ann@contoso\.com rang[\s\S]*← transfer/)
  // npm's own answer to Ctrl-C is 130.
  expect(await starting.interrupt()).toBe(130)
  expect(starting.shown).not.toMatch(/error/i)
})

test('npm test proves it', async () => {
  const { code, shown } = await run('npm test')
  expect(code, shown).toBe(0)
  expect(shown).toMatch(/Tests +8 passed/)
})

test('a chart broken on purpose fails its property, with the fewest keys it takes', async () => {
  change((chart) => chart.replace(/^ *after: .*\n/m, ''))
  const { code, shown } = await run('npm test')
  expect(code).toBe(1)
  expect(shown).toMatch(/nobody is left waiting[\s\S]*Counterexample: \[\[\]\]/)
  expect(shown).toContain('A caller is left in scenario.choosing.')
  expect(shown).toMatch(/await world\.ring\(.*\n.*await call\.finishPrompt\(\)\n.*checkInvariants/)
  change((chart) =>
    chart.replace("entry: 'subscribeToTone',\n", "$&      after: { 10000: 'goodbye' },\n"),
  )
})

test('a new version is checked, takes live calls over, and drains', async () => {
  const port = await freePort()
  const callchart = 'node_modules/.bin/callchart'
  const webhook = `http://127.0.0.1:${port}/api/calls`
  // Nobody is in a hurry: each step starts a process or more.
  const patience = '--prompts manual --switch answerTimeoutMs=3600000'
  const emulate = `${callchart} emulate --port 0 ${patience} --webhook ${webhook}`
  await using graph = new Terminal(emulate, { cwd: bot, env })
  const url = await graph.said(/callchart sim ring --from \S+ --url (\S+)/)
  const people = (deed: string) => run(`npx callchart sim ${deed} --url ${url}`)
  const onDuty = { cwd: bot, env: { ...env, ...exportedIn(graph.shown), PORT: String(port) } }

  await using before = new Terminal(`${callchart} serve chart.ts --verbose`, onDuty)
  await before.said(/taken up +0 calls/)
  await people('ring --from bob@fabrikam.com')
  await graph.said(/← playPrompt +200/)
  await before.said(/greeting/)

  copyFileSync(join(bot, 'chart.ts'), join(bot, 'former.ts'))
  change((chart) => chart.replaceAll('greeting', 'welcome').replace("version: '1'", "version: '2'"))
  const refused = await run('npx callchart check-upgrade chart.ts')
  expect(refused.shown).toContain('front-desk version 1')
  expect(refused.code).toBe(2)

  const upgrade = `upgrade: { '1': (call) => renamed(call, 'scenario.greeting', 'scenario.welcome') }`
  change((chart) =>
    chart
      .replace("version: '2'", `version: '2', ${upgrade}`)
      .replace('callSetup }', 'callSetup, renamed }'),
  )
  writeFileSync(join(bot, 'bot.ts'), withFormer)
  expect(await run('npm run types')).toMatchObject({ code: 0 })
  const checked = await run('npx callchart check-upgrade bot.ts')
  expect(checked.shown).toMatch(/are upgraded +1/)
  expect(checked.code).toBe(0)

  await using after = new Terminal(`${callchart} serve bot.ts --verbose --drain-seconds 60`, onDuty)
  await after.said(/Waiting for it/)
  expect(await before.interrupt()).toBe(0)
  await after.said(/taken up +1 call/)
  await people('finish-prompt')
  await after.said(/subscribeToTone/)
  await people('press 1')
  await after.said(/← transfer/)

  await people('ring --from eve@fabrikam.com')
  await graph.said(/← playPrompt +200[\s\S]*← playPrompt +200/)
  after.type('\u0003')
  await after.said(/Draining/)
  await people('finish-prompt')
  await after.said(/subscribeToTone[\s\S]*subscribeToTone/)
  await people('press 1')
  expect(await after.ended()).toBe(0)
})

const withFormer = `
import { frontDesk } from './chart.ts'
import { frontDesk as former } from './former.ts'
export default { chart: frontDesk, versions: [former] }
`

/** The variables that `callchart emulate` says a bot takes its calls with. */
function exportedIn(shown: string): NodeJS.ProcessEnv {
  const lines = shown.matchAll(/export (\w+)=(\S+)/g)
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]))
}

function change(edit: (chart: string) => string): void {
  const path = join(bot, 'chart.ts')
  const chart = readFileSync(path, 'utf8')
  const edited = edit(chart)
  expect(edited).not.toBe(chart)
  writeFileSync(path, edited)
}
