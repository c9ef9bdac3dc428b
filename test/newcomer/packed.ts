/** The packages as npm would publish them, packed from a copy: other tests pack and build in the repository itself. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readFiles, root } from '../repository.ts'

/** Lays out in `folder` what is committed or would be, ready to be packed. */
export function copyRepository(folder: string): void {
  for (const { path } of readFiles()) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
}

/** Packs a package; gives the tarball's path. */
export function pack(packageFolder: string, into: string): string {
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', into]
  const told = execFileSync('npm', args, { cwd: packageFolder, encoding: 'utf8' })
  const [packed] = JSON.parse(told.slice(told.indexOf('[\n')))
  return join(into, packed.filename)
}
