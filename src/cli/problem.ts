/** Problems as a person at a terminal meets them. */
import { styleText } from 'node:util'
import { StoreError } from '../../snapshots/index.ts'
import { CallchartError } from '../errors.ts'

/** Writes a problem to stderr; what nobody foresaw comes with its stack. */
export function tellProblem(error: unknown): void {
  const title = styleText('red', 'callchart:', { stream: process.stderr })
  // Its message says what SQLite said: the stack below it would help nobody.
  if (error instanceof StoreError) {
    console.error(title, error.message)
    return
  }
  if (!(error instanceof CallchartError)) {
    console.error(title, error)
    return
  }
  console.error(title, error.message)
  if (error.cause instanceof Error && error.cause.stack) {
    console.error(styleText('dim', error.cause.stack, { stream: process.stderr }))
  }
}
