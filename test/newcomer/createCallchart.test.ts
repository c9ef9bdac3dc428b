import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import ownFile from '../../packages/create-callchart/package.json' with { type: 'json' }
import templateFile from '../../packages/create-callchart/template/package.json' with {
  type: 'json',
}
import { copyRepository, pack } from './packed.ts'
import { Terminal } from './terminal.ts'

const place = mkdtempSync(join(tmpdir(), 'callchart-create-'))
const installed = join(place, 'installed')
const main = join(installed, 'node_modules', 'create-callchart', 'dist', 'src', 'main.js')
let empty = ''
let count = 0

/** Newcomers' Node is the one that runs the tests. */
const env = {
  ...process.env,
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  NO_COLOR: '1',
}

beforeAll(() => {
  copyRepository(join(place, 'copy'))
  const tarball = pack(join(place, 'copy', 'packages', 'create-callchart'), place)
  mkdirSync(installed)
  const args = ['install', '--prefix', installed, '--offline', '--no-audit', '--no-fund', tarball]
  expect(spawnSync('npm', args, { cwd: installed }).status).toBe(0)
})

beforeEach(() => {
  count += 1
  empty = join(place, `empty-${count}`)
  mkdirSync(empty)
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

function create(...args: readonly string[]) {
  const run = spawnSync(process.execPath, [main, ...args], { cwd: empty, encoding: 'utf8', env })
  return { code: run.status, stdout: run.stdout, stderr: run.stderr }
}

const made = [
  ...['.gitignore', 'README.md', 'chart.test.ts', 'chart.ts', 'package.json', 'prompts'],
  ...['property.test.ts', 'tsconfig.json'],
]

describe('create-callchart makes', () => {
  test('a bot in the folder named, and says what it made and what to try', () => {
    const { code, stdout } = create('my-bot', '--no-install')
    expect(code).toBe(0)
    expect(readdirSync(join(empty, 'my-bot')).sort()).toEqual(made)
    for (const name of made.filter((each) => /\.ts$/.test(each) && each !== 'tsconfig.json'))
      expect(stdout).toContain(name)
    expect(stdout).toMatch(/cd my-bot\n +npm install\n +npm start .*\n +npm test /)
  })

  test.each([
    ['My Bot!', 'my-bot'],
    ['deep/er/desk', 'desk'],
    ['…', 'my-bot'],
  ])('in %s a package that npm takes, %s', (folder, name) => {
    expect(create(folder, '--no-install').code).toBe(0)
    expect(manifestIn(join(empty, folder)).name).toBe(name)
    expect(readFileSync(join(empty, folder, 'README.md'), 'utf8')).toContain(`# ${name}\n`)
  })

  test('a bot in this folder when it holds nothing but a repository', () => {
    mkdirSync(join(empty, '.git'))
    const { code, stdout } = create('.', '--no-install')
    expect(code).toBe(0)
    expect(existsSync(join(empty, 'chart.ts'))).toBe(true)
    expect(stdout).not.toContain('cd ')
  })

  test('a bot that takes callchart from where --callchart says', () => {
    create('my-bot', '--no-install', '--callchart', 'file:../callchart.tgz')
    expect(manifestIn(join(empty, 'my-bot')).dependencies.callchart).toBe('file:../callchart.tgz')
  })
})

describe('create-callchart refuses', () => {
  test('a folder that is not empty, and leaves it as it was', () => {
    writeFileSync(join(empty, 'thesis.txt'), 'mine')
    const { code, stderr } = create('.')
    expect(code).toBe(1)
    expect(stderr).toMatch(/is not empty \(thesis\.txt\)\. Choose a new folder/)
    expect(readdirSync(empty)).toEqual(['thesis.txt'])
  })

  test.each([
    ['a file', ['taken'], /is a file\. Choose another name/],
    ['a folder below a file', ['taken/bot'], /cannot be written .*Choose a folder/],
    ['two folders', ['one', 'two'], /One folder is wanted, not 2: one, two/],
    ['an option it does not know', ['--instal'], /Unknown option '--instal'.*--help/],
    [
      'to guess a folder where nobody can be asked',
      [],
      /Name the folder to make: npm create callchart@latest my-bot/,
    ],
  ])('%s', (_, args, words) => {
    writeFileSync(join(empty, 'taken'), '')
    const { code, stdout, stderr } = create(...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(words)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('an old Node, before it makes anything', () => {
    const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`
    const loaded = ['--import', `data:text/javascript,${encodeURIComponent(old)}`]
    const { status, stderr } = spawnSync(process.execPath, [...loaded, main, 'my-bot'], {
      cwd: empty,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain('needs Node 22.18 or newer, and this is Node 20.19.0')
    expect(readdirSync(empty)).toEqual([])
  })
})

describe('at a terminal create-callchart asks for the folder', () => {
  async function answering(keys: string) {
    const command = `'${process.execPath}' '${main}' --no-install`
    await using terminal = new Terminal(command, { cwd: empty, env })
    await terminal.said(/Which folder.*\(my-bot\) $/)
    terminal.type(keys)
    return { code: await terminal.ended(), shown: terminal.shown }
  }

  test.each([
    ['takes the one that is typed', 'desk\r', 'desk'],
    ['takes its own proposal for Enter', '\r', 'my-bot'],
  ])('and %s', async (_, keys, folder) => {
    const { code, shown } = await answering(keys)
    expect(code, shown).toBe(0)
    expect(readdirSync(join(empty, folder)).sort()).toEqual(made)
  })

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('and makes nothing after %s', async (_, keys) => {
    const { code, shown } = await answering(keys)
    expect(code).toBe(1)
    expect(shown).toContain('No folder was named; nothing was made.')
    expect(readdirSync(empty)).toEqual([])
  })
})

test('--help and --version say so and make nothing', () => {
  expect(create('--help').stdout).toContain('npm create callchart@latest my-bot')
  expect(create('--version').stdout).toBe(`${packageFile.version}\n`)
  expect(readdirSync(empty)).toEqual([])
})

test('a new bot asks for the versions that this repository is tested with', () => {
  const { dependencies, devDependencies } = packageFile
  const tested: { readonly [name: string]: string } = {
    ...dependencies,
    ...devDependencies,
    callchart: packageFile.version,
  }
  const wanted = { ...templateFile.dependencies, ...templateFile.devDependencies }
  for (const [name, version] of Object.entries(wanted)) expect(tested[name], name).toBe(version)
  expect(ownFile.version).toBe(packageFile.version)
  expect(templateFile.engines).toEqual(packageFile.engines)
})

function manifestIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
