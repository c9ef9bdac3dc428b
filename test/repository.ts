/** The repository as the tests of it see it: its files, and what each imports and exports. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export type File = {
  /** From the root, with `/` between folders. */
  readonly path: string
  readonly text: string
}

export type Import = {
  readonly file: string
  /** A path from the root for one of our own files, otherwise the specifier as written. */
  readonly target: string
  /** Gone when the types are (`import type`). */
  readonly erased: boolean
  /** Whether the file exports in its turn what it imports here. */
  readonly passedOn: boolean
  /** What is taken: names, or all there is. */
  readonly names: readonly Name[] | 'all'
}

export type Name = { readonly name: string; readonly isType: boolean }

export type Export = Name & { readonly file: string }

/** Every file that is committed, or would be by `git add --all`. */
export function readFiles(): readonly File[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\n'))]
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

// Statements stand at the start of a line because Biome puts them there; examples in comments do not.
const statement = /^(import|export)( type)?\s+([^'"=(]*?)\s*from\s+'([^']+)'/gm
const bare = /^import '([^']+)'/gm
const dynamic = /\bimport\('([^']+)'\)|\bnew URL\(\s*'(\.[^']+\.ts)',\s*import\.meta\.url/g
const declaration =
  /^export (?:declare |async |abstract )*(const|function\*?|class|type|interface) (\w+)/gm

/** Everything one file takes from others. */
export function importsOf({ path, text }: File): readonly Import[] {
  const named = [...text.matchAll(statement)].map(([, verb, type, what = '', specifier = '']) => ({
    file: path,
    target: resolve(path, specifier),
    erased: type !== undefined,
    passedOn: verb === 'export',
    names: namesIn(what, type !== undefined),
  }))
  const whole = [...text.matchAll(bare), ...text.matchAll(dynamic)].map(
    ([, specifier, url]): Import => ({
      file: path,
      target: resolve(path, specifier ?? url ?? ''),
      erased: false,
      passedOn: false,
      names: 'all',
    }),
  )
  return [...named, ...whole]
}

/** Everything one file offers by name; `export *` is left to what it stands for. */
export function exportsOf(file: File): readonly Export[] {
  const declared = [...file.text.matchAll(declaration)].map(([, kind = '', name = '']) => ({
    file: file.path,
    name,
    isType: kind === 'type' || kind === 'interface',
  }))
  const passedOn = importsOf(file)
    .flatMap((taken) => (taken.passedOn && taken.names !== 'all' ? taken.names : []))
    .map((name) => ({ file: file.path, ...name }))
  return [...declared, ...passedOn]
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier
}

function namesIn(what: string, allTypes: boolean): readonly Name[] | 'all' {
  if (what.includes('*')) return 'all'
  const [, inBraces = ''] = /\{([^}]*)\}/.exec(what) ?? []
  const listed = [...inBraces.matchAll(/(type )?(\w+)(?: as \w+)?\s*(?:,|$)/g)].map(
    ([, type, name = '']) => ({ name, isType: allTypes || type !== undefined }),
  )
  return /^\w/.test(what) ? [{ name: 'default', isType: allTypes }, ...listed] : listed
}
