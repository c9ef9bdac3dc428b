/** The package as a stranger gets it: packed, installed into an empty project, typed, run. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import packageFile from '../package.json' with { type: 'json' }
import { root } from './repository.ts'

const project = mkdtempSync(join(tmpdir(), 'callchart-package-'))
const inBin = (name: string) => join(root, 'node_modules', '.bin', name)

function run(command: string, args: readonly string[], cwd = project): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  expect(status, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

beforeAll(() => {
  run('npm', ['pack', '--loglevel=error', '--pack-destination', project], root)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const quickly = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  const tarball = `./${packageFile.name}-${packageFile.version}.tgz`
  run('npm', ['install', '--loglevel=error', ...quickly, tarball])
  copyFileSync(join(root, 'test', 'package', 'bot.ts'), join(project, 'bot.ts'))
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

test('its types hold under a strict compiler that checks every declaration it reaches', () => {
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    module: 'nodenext',
    target: 'es2024',
    lib: ['esnext', 'dom'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
    noEmit: true,
  }
  const config = JSON.stringify({ compilerOptions, files: ['bot.ts'] })
  writeFileSync(join(project, 'tsconfig.json'), config)
  expect(run(inBin('tsc'), ['--project', project])).toBe('')
})

test('a bot made of every export takes a call', () => {
  expect(run(process.execPath, ['bot.ts'])).toBe('')
})

test("it has the console's page, where the compiled engine looks for it", () => {
  const page = join(project, 'node_modules', packageFile.name, 'dist', 'console', 'index.html')
  expect(readFileSync(page, 'utf8')).toContain('<title>Callchart</title>')
})

test('every link of its README that leads to no other host leads into it', () => {
  const folder = join(project, 'node_modules', packageFile.name)
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const links = [...readme.matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => link)
  const own = links.filter((link) => !URL.canParse(link))
  expect(own.length).toBeGreaterThan(10)
  expect(own.filter((link) => !existsSync(join(folder, link)))).toEqual([])
})

test('npx callchart --help names every command', () => {
  const text = run('npx', ['--no-install', 'callchart', '--help'])
  expect(['serve', 'emulate', 'sim', 'start'].filter((name) => !text.includes(name))).toEqual([])
})
