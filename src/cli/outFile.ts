/** What a command writes where `--out` says. */
import { writeFileSync } from 'node:fs'
import { CallchartError, reasonOf } from '../errors.ts'

/** Writes a file; throws `out.failed` that names it. */
export function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (cause) {
    throw new CallchartError({
      code: 'out.failed',
      what: `${file} cannot be written (${reasonOf(cause)}).`,
      fix: 'Name a file in a folder that is there and may be written to.',
    })
  }
}
