/** Engines that start sooner: what Node makes of their source is kept, which one that is killed cannot do. */
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

let kept: Promise<unknown> | undefined

/** Lets a command that loads the whole engine come to its end once; later processes of ours use what it kept. */
export function keepCompiled(): Promise<unknown> {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'callchart-compiled')
  const args = ['--conditions=callchart-source', main, 'serve', '--help']
  kept ??= promisify(execFile)(process.execPath, args)
  return kept
}
