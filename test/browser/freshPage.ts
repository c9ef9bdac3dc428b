/** Before any test: where the page's sources are newer than what was built of them, it is built. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../repository.ts'

const sources = join(root, 'src/console/ui')
const built = join(root, 'dist/console/index.html')

export default async function freshPage(): Promise<void> {
  if (existsSync(built) && newest(sources) <= statSync(built).mtimeMs) return
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
}

function newest(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Math.max(...paths.map((path) => statSync(join(folder, path)).mtimeMs))
}
