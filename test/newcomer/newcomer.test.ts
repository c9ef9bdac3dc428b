/** Somebody who has never seen Callchart, from an empty folder, with the commands that the README tells. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
}, 120_000)

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
}, 120_000)

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
}, 60_000)

test('npm test proves it', async () => {
  const { code, shown } = await run('npm test')
  expect(code, shown).toBe(0)
  expect(shown).toMatch(/Tests +8 passed/)
}, 60_000)

test('a chart broken on purpose fails its property, with the fewest keys it takes', async () => {
  const chart = readFileSync(join(bot, 'chart.ts'), 'utf8')
  const broken = chart.replace(/^ *after: .*\n/m, '')
  expect(broken).not.toBe(chart)
  writeFileSync(join(bot, 'chart.ts'), broken)
  const { code, shown } = await run('npm test')
  expect(code).toBe(1)
  expect(shown).toMatch(/nobody is left waiting[\s\S]*Counterexample: \[\[\]\]/)
  writeFileSync(join(bot, 'chart.ts'), chart)
}, 60_000)
