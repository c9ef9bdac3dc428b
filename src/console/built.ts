/** The page's files as Vite built them, read once: they are few and small. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export type BuiltFile = {
  readonly bytes: ArrayBuffer
  readonly etag: string
  readonly type: string
  /** Whether its name changes with what is in it, so that it may be kept for ever. */
  readonly isHashed: boolean
}

/** By their names below `/console/`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>

/** `dist/console`, seen from this file's source and from its compiled form. */
export const builtFolder = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/console' : '../../console',
    import.meta.url,
  ),
)

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
])

/** Every file of the page; none where the page has not been built. */
export function readBuilt(folder: string): BuiltFiles {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
  return new Map(paths.map((path) => fileAt(path, nameOf(folder, path))))
}

function nameOf(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}

function fileAt(path: string, name: string): readonly [string, BuiltFile] {
  const bytes = readFileSync(path)
  return [
    name,
    {
      bytes: new Uint8Array(bytes).buffer,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      type: types.get(extname(path)) ?? 'application/octet-stream',
      isHashed: name.startsWith('assets/'),
    },
  ]
}
