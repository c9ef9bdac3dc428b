/** Which version of Callchart this is. */
import { readFileSync } from 'node:fs'

export function callchartVersion(): string {
  const manifest = readFileSync(new URL(import.meta.resolve('callchart/package.json')), 'utf8')
  return String(JSON.parse(manifest).version)
}
