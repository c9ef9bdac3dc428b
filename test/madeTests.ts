/** Tests that what is tested has written: vitest runs them in a process of its own. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './repository.ts'

/** `callchart/…` means these sources; a busy machine has time. */
const config = `
const conditions = ['callchart-source']
export default { resolve: { conditions }, ssr: { resolve: { conditions } }, test: { testTimeout: 300_000 } }
`

export class MadeTests {
  readonly #folder: string

  /** They lie in this folder of test/, which is ignored by git and by the other tests. */
  constructor(folder: string) {
    this.#folder = join(root, 'test', folder)
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(join(this.#folder, 'vitest.config.ts'), config)
  }

  write(name: string, code: string): void {
    writeFileSync(join(this.#folder, name), code)
  }

  /** What vitest says of them, or of those named. */
  run(...args: readonly string[]): { readonly status: number | null; readonly text: string } {
    const vitest = join(root, 'node_modules', '.bin', 'vitest')
    const { status, stdout, stderr } = spawnSync(vitest, ['run', '--root', this.#folder, ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    return { status, text: stdout + stderr }
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
