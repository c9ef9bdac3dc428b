/** Problems as a person at a terminal meets them. */
import { styleText } from 'node:util'
import { StoreError } from '../../snapshots/index.ts'
import { CallchartError } from '../errors.ts'
import { wrap } from './terminal/line.ts'

/** Writes a problem to stderr; what nobody foresaw comes with its stack. */
export function tellProblem(error: unknown): void {
  if (!(error instanceof CallchartError || error instanceof StoreError)) {
    tellMessage('This was not foreseen. Please report it, with what follows:')
    console.error(error)
    return
  }
  tellMessage(error.message)
  // What SQLite says stands in the message: the stack below it would help nobody.
  const isOfSqlite = error instanceof StoreError
  if (!isOfSqlite && error.cause instanceof Error && error.cause.stack)
    console.error(styleText('dim', authorsPart(error.cause.stack), { stream: process.stderr }))
}

/** Writes a message to stderr, broken between words where the terminal would break it within one. */
export function tellMessage(message: string): void {
  const { stderr } = process
  const lines = wrap(`callchart: ${message}`, stderr.columns || Number.POSITIVE_INFINITY)
  const title = styleText('red', 'callchart:', { stream: stderr })
  console.error(lines.join('\n').replace('callchart:', title))
}

/** A stack without what stands below the author's own code: Node, packages, and our loading of the module. */
function authorsPart(stack: string): string {
  const isForeign = (line: string) => /^ +at .*(node:|node_modules[\\/]|loadBot\.[jt]s)/.test(line)
  return stack
    .split('\n')
    .filter((line) => !isForeign(line))
    .join('\n')
}
