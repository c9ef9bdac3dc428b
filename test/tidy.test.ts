/** The house rules that a machine can keep: this test reads the repository. See docs/STYLE.md. */
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageFile from '../package.json' with { type: 'json' }
import {
  type Export,
  exportsOf,
  type File,
  type Import,
  importsOf,
  readFiles,
  root,
} from './repository.ts'

const files = readFiles()
const sources = files.filter(({ path }) => /\.tsx?$/.test(path))
const shipped = sources.filter(({ path }) => /^(machines|snapshots|src)\//.test(path))
const imports = sources.flatMap(importsOf)
const ownImports = imports.filter(({ target }) => files.some(({ path }) => path === target))

/** Rooms of the house, lowest floor first; a file belongs to the first room that its path begins with. */
const rooms: readonly (readonly [room: string, floor: number])[] = [
  ['machines/', 0],
  ['snapshots/', 1],
  ['src/errors.ts', 2],
  ['src/clock.ts', 2],
  ['src/random.ts', 2],
  ['src/telemetry/', 2],
  ['src/loopback.ts', 2],
  ['src/config.ts', 2],
  ['src/version.ts', 2],
  ['src/code.ts', 2],
  ['src/nearest.ts', 2],
  ['src/graph/', 3],
  ['src/engine/', 3],
  ['src/emulator/', 3],
  ['src/dispatch/', 4],
  ['src/webhook/', 4],
  ['src/admin/', 4],
  // The page runs in browsers: what it is made of is built into files, and nothing here imports it.
  ['src/console/ui/', 7],
  ['src/console/', 4],
  ['src/bot/', 5],
  ['src/testkit/', 6],
  ['src/cli/demo/', 7],
  ['src/cli/', 6],
  ['src/index.ts', 6],
]

function roomOf(path: string) {
  return rooms.find(([room]) => path.startsWith(room))
}

/** What proves, shows and measures the house stands outside it. */
const OUTSIDE = 7

function floorOf(path: string): number {
  return roomOf(path)?.[1] ?? OUTSIDE
}

describe('the floors', () => {
  test('every shipped file is in a room', () => {
    expect(shipped.map(({ path }) => path).filter((path) => !roomOf(path))).toEqual([])
  })

  test('a file imports from a lower floor or a sibling', () => {
    const upward = ownImports.filter(({ file, target }) => floorOf(target) > floorOf(file))
    expect(upward.map(arrow)).toEqual([])
  })

  test('machines import xstate and nothing else', () => {
    const foreign = imports.filter(
      ({ file, target }) =>
        file.startsWith('machines/') && !target.startsWith('machines/') && target !== 'xstate',
    )
    expect(foreign.map(arrow)).toEqual([])
  })

  test('the emulator knows no engine, and no engine knows the emulator', () => {
    const street = ['errors', 'clock', 'random', 'loopback'].map((name) => `src/${name}.ts`)
    const visitors = ['src/testkit/', 'src/cli/', 'test/', 'bench/', 'examples/']
    const isAmong = (path: string, among: readonly string[]) =>
      among.some((start) => path.startsWith(start))
    const trespasses = ownImports.filter(
      ({ file, target }) =>
        file.startsWith('src/emulator/') !== target.startsWith('src/emulator/') &&
        !isAmong(target, street) &&
        !isAmong(file, visitors),
    )
    expect(trespasses.map(arrow)).toEqual([])
  })

  test("the console's page takes from the house what crosses the wire, as types, and how a span of time is said", () => {
    const taken = ownImports.filter(
      ({ file, target }) =>
        file.startsWith('src/console/ui/') && !target.startsWith('src/console/ui/'),
    )
    const targetsOf = (imports: typeof taken) => [...new Set(imports.map(({ target }) => target))]
    expect(targetsOf(taken.filter(({ erased }) => erased))).toEqual(['src/admin/protocol.ts'])
    expect(targetsOf(taken.filter(({ erased }) => !erased))).toEqual(['snapshots/spans.ts'])
  })

  test('nothing goes round in a circle at run time', () => {
    expect(circles(ownImports.filter(({ erased }) => !erased))).toEqual([])
  })

  test('what is shipped uses declared dependencies, each of them', () => {
    const used = imports
      .filter(({ file }) => floorOf(file) < OUTSIDE)
      .map(({ target }) => target)
      .filter((target) => !target.endsWith('.ts') && !target.startsWith('node:'))
      .map((target) => target.split('/', target.startsWith('@') ? 2 : 1).join('/'))
    const { dependencies, peerDependencies } = packageFile
    const declared = Object.keys({ ...dependencies, ...peerDependencies })
    expect([...new Set(used)].sort()).toEqual(declared.sort())
  })
})

describe('machines', () => {
  test('know no time, chance or outside world', () => {
    const impure =
      /\b(Date\.now|new Date|Math\.random|performance)\b|\b(set|clear)(Timeout|Interval|Immediate)\(|\bqueueMicrotask\(|\bfetch\(|\b(console|process|globalThis)\./
    const machines = sources.filter(({ path }) => path.startsWith('machines/'))
    expect(linesWith(impure, machines)).toEqual([])
  })
})

describe('every folder', () => {
  test('has an index that says what it is, what it may import, how to read it and what is not here', () => {
    const silent = rooms
      .filter(([room, floor]) => room.endsWith('/') && floor < OUTSIDE)
      .map(
        ([room]) =>
          files.find(({ path }) => path === `${room}index.ts`) ?? { path: room, text: '' },
      )
      .filter(({ text }) => {
        const header = /^\/\*\*.*?\*\//s.exec(text)?.[0] ?? ''
        return ![/import/i, /\bread\b/i, /\bnot here\b/i].every((part) => part.test(header))
      })
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  test('is named without the words that name nothing', () => {
    expect(files.map(({ path }) => path).filter((path) => hasBannedWord(path))).toEqual([])
  })
})

describe('every source file', () => {
  /** Longer files, each with its reason. */
  const longer: readonly string[] = [
    // All that crosses the wire stands in one file, which pages and scripts can take as it is.
    'src/admin/protocol.ts',
  ]

  test('has at most 400 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 401)
    expect(long.map(({ path }) => path)).toEqual(longer)
  })

  test('uses no word that names nothing', () => {
    const named = sources.filter(({ path }) => path !== 'test/tidy.test.ts').flatMap(bannedWordsIn)
    expect(named).toEqual([])
  })

  test('is imported, unless it is a way in', () => {
    const ways = new Set([...entries(), ...ownImports.map(({ target }) => target)])
    const isWayIn = ({ path }: File) =>
      ways.has(path) ||
      /\.test\.ts$|^bench\/|^vite(st)?\.config|\/chart\.ts$|(main|bless)\.tsx?$/.test(path)
    const orphans = sources.filter((file) => !isWayIn(file))
    expect(orphans.map(({ path }) => path).filter((path) => !isSpawned(path))).toEqual([])
  })

  test('exports only what somebody imports or a package entry offers', () => {
    const ways = entries()
    const isTaken = ({ file, name }: Export) =>
      ownImports.some(
        ({ target, names }) =>
          target === file && (names === 'all' || names.some((taken) => taken.name === name)),
      )
    const dead = shipped
      .filter(({ path }) => !ways.includes(path))
      .flatMap((file) =>
        exportsOf(file).filter((each) => !isTaken(each) && !(each.isType && isNamedIn(file, each))),
      )
    expect(dead.map(({ file, name }) => `${file}: ${name}`)).toEqual([])
  })

  test('leaves nothing for later, silences nobody and skips no test', () => {
    const marks =
      /\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-nocheck|\b(test|it|describe)\.(only|skip|todo)\b/
    expect(linesWith(marks, others())).toEqual([])
  })
})

describe('docs/ERRORS.md', () => {
  const catalogue = files.find(({ path }) => path === 'docs/ERRORS.md')?.text ?? ''
  const toldCodes = [...catalogue.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)]
    .flatMap(([, codes = '']) => codes.split(', '))
    .map((code) => code.replaceAll('`', ''))
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? ''

  test('tells every code of an error that is thrown, and no other', () => {
    const thrown = new Set(shipped.filter(isShown).flatMap(codesIn))
    const isCode = (word: string) => word.includes('.')
    const told = new Set(toldCodes)
    expect({
      untold: [...thrown].filter((code) => isCode(code) && !told.has(code)),
      notThrown: [...told].filter((code) => isCode(code) && !thrown.has(code)),
    }).toEqual({ untold: [], notThrown: [] })
  })

  test('tells every fault of ours, and every number of Graph and its login that we know', () => {
    const known = [
      ...textOf('src/graph/faults.ts').matchAll(/^ {2}(\w+):/gm),
      ...textOf('src/graph/faults.ts').matchAll(/'(75\d\d)'/g),
      ...textOf('src/dispatch/ownFaults.ts').matchAll(/'(\w+)'(?=,\n {4}message)/g),
      ...textOf('src/cli/doctor/token.ts').matchAll(/(AADSTS\d+)/g),
    ].map(([, word = '']) => word)
    const endings =
      /const endings = \{.*?\n\}/s.exec(textOf('src/emulator/world/results.ts'))?.[0] ?? ''
    const numbers = [...endings.matchAll(/result\((\d+), (\d+)/g)].map(
      ([, code, subcode]) => `${code}/${subcode}`,
    )
    expect([known.length, numbers.length].every((count) => count > 8)).toBe(true)
    const untold = [...known, ...numbers].filter((word) => !isTold(word, catalogue))
    expect(untold).toEqual([])
  })
})

describe('every committed file', () => {
  test('names no path of one machine and no registry', () => {
    const places =
      /(?<![\w.])\/(work|root|home)\/|registry\.npmjs|npmmirror|\bdeb\.debian\.org|"resolved": "/
    expect(linesWith(places, others())).toEqual([])
  })

  test('stands alone: only CI may look beside the repository', () => {
    const outside = others().filter(({ path }) => path !== '.ci/run')
    expect(linesWith(/\.\.\/shared\b/, outside)).toEqual([])
  })

  test('links to files that are there', () => {
    const broken = files
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap((file) => linksOf(file).map((target) => ({ file: file.path, target })))
      .filter(({ target }) => !existsSync(join(root, target)))
    expect(broken.map(({ file, target }) => `${file} → ${target}`)).toEqual([])
  })
})

/** Every file that is text, but this one: it names what it forbids. */
function others(): readonly File[] {
  return files.filter(({ path }) => path !== 'test/tidy.test.ts' && !/\.(png|wav)$/.test(path))
}

/** The repository's own demonstration is not in the package. */
function isShown({ path }: File): boolean {
  return !path.startsWith('src/cli/demo/')
}

/** Codes as errors are given them: named, or as the first words of what makes the error. */
function codesIn({ text }: File): readonly string[] {
  const code = text.replace(/\/\*.*?\*\//gs, '')
  const named = code.matchAll(/\bcode: (?:[\w.?]+ \?\? )?'([^']+)'/g)
  const first = code.matchAll(/\b(?:\w*Error|refus\w+)\(\s*(?:[\w.]+,\s*)?'(\w+\.\w+)',/g)
  return [...named, ...first].map(([, code = '']) => code)
}

function isTold(word: string, text: string): boolean {
  return new RegExp(`(?<![\\w/])${word}(?![\\w/])`).test(text)
}

function arrow({ file, target }: Import): string {
  return `${file} → ${target}`
}

function entries(): readonly string[] {
  return Object.values(packageFile.exports)
    .flatMap((entry) => (typeof entry === 'string' ? [] : [entry['callchart-source']]))
    .map((path) => posix.normalize(path))
}

/** Named by path in another source, to be run as a process of its own. */
function isSpawned(path: string): boolean {
  const name = posix.basename(path)
  return sources.some((file) => file.path !== path && file.text.includes(name))
}

/** A type that another export of its file names is wanted by whoever calls that. */
function isNamedIn({ text }: File, { name }: Export): boolean {
  const isPassedOn = new RegExp(`^export [^=]*\\b${name}\\b[^=]* from`, 'm').test(text)
  return isPassedOn || (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1
}

const banned = ['session', 'manager', 'handler', 'helper', 'util', 'utils', 'data']

/** Words of others, spelt as they spell them: Graph, OpenID, WAV files, URLs, XState and Node. */
const foreign =
  /resourceData|botData|content-?sharing session|contentSharingSession|end_session_endpoint|'data'|\bdata:|\.data\b|DataView|FormData|workerData|\bsessionId\b|getTransitionData/gi

function hasBannedWord(text: string): boolean {
  return wordsOf(text).some(
    (word) => banned.includes(word.replace(/s$/, '')) || banned.includes(word),
  )
}

function bannedWordsIn({ path, text }: File): readonly string[] {
  return text
    .split('\n')
    .map((line, index) => ({
      line: line.replace(foreign, '').replace(/from '[^.][^']*'/, ''),
      index,
    }))
    .filter(({ line }) => hasBannedWord(line))
    .map(({ line, index }) => `${path}:${index + 1} ${line.trim()}`)
}

/** `callbackUriFor` is three words. */
function wordsOf(text: string): readonly string[] {
  return (text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase())
}

function linesWith(pattern: RegExp, among: readonly File[]): readonly string[] {
  return among.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ line, place: `${path}:${index + 1}` }))
      .filter(({ line }) => pattern.test(line))
      .map(({ line, place }) => `${place} ${line.trim().slice(0, 100)}`),
  )
}

function linksOf({ path, text }: File): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) =>
    posix.join(posix.dirname(path), target),
  )
}

/** Every circle of imports, each once, as the files on it. */
function circles(edges: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>()
  for (const { file, target } of edges) targets.set(file, [...(targets.get(file) ?? []), target])
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, road: readonly string[]): void => {
    const start = road.indexOf(file)
    if (start >= 0) found.push([...road.slice(start), file].join(' → '))
    if (start >= 0 || done.has(file)) return
    for (const target of targets.get(file) ?? []) visit(target, [...road, file])
    done.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return found
}
