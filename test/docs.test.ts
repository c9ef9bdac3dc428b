/**
 * The documentation, kept true: every TypeScript block compiles and runs, every command exists, every
 * setting is told. How a block is written: docs/STYLE.md.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import packageFile from '../package.json' with { type: 'json' }
import { readFiles, root } from './repository.ts'

type Block = {
  readonly document: string
  readonly language: string
  readonly name: string
  readonly text: string
}

const documents = readFiles().filter(({ path }) => /^(README\.md|docs\/.*\.md)$/.test(path))
const blocks = documents.flatMap(({ path, text }): Block[] =>
  [...text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', name = '', inside = '']) => ({
      document: path,
      language,
      name,
      text: inside,
    }),
  ),
)

/** Inside the repository, where `callchart/…` means these sources. */
const folder = join(root, 'test', '.docs')
const modules = writeModules(blocks.filter(({ language }) => language === 'ts'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every TypeScript block is named as the file it would be', () => {
  const nameless = blocks.filter(({ language, name }) => language === 'ts' && !name.endsWith('.ts'))
  expect(nameless).toEqual([])
})

test('every TypeScript block compiles', () => {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', include: ['**/*.ts'] }),
  )
  const compiler = join(root, 'node_modules', '.bin', 'tsc')
  const { stdout } = spawnSync(compiler, ['--project', folder], { cwd: root, encoding: 'utf8' })
  expect(stdout.split('\n').filter((line) => line.startsWith('test/.docs/'))).toEqual([])
})

const isTest = ({ name }: { name: string }) => name.endsWith('.test.ts')

test.each(modules.filter((each) => !isTest(each)))('$name runs', async ({ path }) => {
  await import(path)
})

// Importing a block of tests here makes them tests of this file.
describe.each(modules.filter(isTest))('$name', async ({ path }) => {
  await import(path)
})

describe('every command in a shell block', () => {
  const commands = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split(/\n|&&/).map((line) => line.replace(/#.*/, '').trim()))
    .map((line) => line.replace(/^npx /, ''))

  test('that npm runs is a script', () => {
    const own = ['ci', 'install', 'create']
    const scripts = commands
      .map((line) => /^npm (?:run )?(\w+)/.exec(line)?.[1])
      .filter((name) => name !== undefined)
    expect(scripts.filter((name) => !own.includes(name) && !(name in packageFile.scripts))).toEqual(
      [],
    )
  })

  const ours = commands.map((line) =>
    /^callchart((?: [a-z]+(?:-[a-z]+)*\b(?![./-]))*)/.exec(line)?.[1]?.trim(),
  )
  test.each([...new Set(ours)].filter((words) => words !== undefined))('callchart %s', (words) => {
    const main = join(root, 'src', 'cli', 'main.ts')
    const args = ['--conditions=callchart-source', main, ...words.split(' '), '--help']
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(stdout).toContain(`callchart ${words}`)
  })
})

describe('the README', () => {
  const readme = documents.find(({ path }) => path === 'README.md')?.text ?? ''

  test('tells every environment variable, and no other', () => {
    const variables = /\b(CALLCHART_[A-Z_]+|PORT)\b/g
    const read = readFileSync(join(root, 'src', 'config.ts'), 'utf8').match(variables)
    expect([...new Set(readme.match(variables))].sort()).toEqual([...new Set(read)].sort())
  })

  test('tells every export of the package', () => {
    const names = Object.keys(packageFile.exports).map((path) => path.replace('.', 'callchart'))
    const told = (name: string) => readme.includes(`\`${name}\``) || name.endsWith('.json')
    expect(names.filter((name) => !told(name))).toEqual([])
  })
})

/** Blocks of one document stand side by side, so that one may import another; those of one name are one file. */
function writeModules(written: readonly Block[]) {
  rmSync(folder, { recursive: true, force: true })
  const files = new Map<string, string>()
  for (const { document, name, text } of written) {
    const place = join(document.replace('.md', ''), name)
    files.set(place, (files.get(place) ?? '') + text)
  }
  return [...files].map(([name, text]) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return { name, path }
  })
}
