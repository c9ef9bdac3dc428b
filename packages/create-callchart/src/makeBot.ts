/** From the template to a bot of its own, in a folder that held nothing. */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Why no bot was made; its message says what to do. */
export class Refusal extends Error {}

const template = fileURLToPath(new URL('../template/', import.meta.url))

/**
 * Makes the bot; `callchart` is what its package.json asks npm for. Throws `Refusal` where the folder
 * holds something or cannot be written.
 */
export function makeBot(folder: string, callchart: string): { readonly name: string } {
  refuseTaken(folder)
  const name = nameFor(folder)
  try {
    mkdirSync(folder, { recursive: true })
    cpSync(template, folder, { recursive: true })
    // npm leaves a .gitignore out of what it packs.
    renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'))
    rewrite(join(folder, 'package.json'), (text) => manifestOf(text, name, callchart))
    rewrite(join(folder, 'README.md'), (text) => text.replace('# my-bot', `# ${name}`))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(
      `${folder} cannot be written (${why}). Choose a folder that you may write to.`,
    )
  }
  return { name }
}

function refuseTaken(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isDirectory()) {
    throw new Refusal(`${folder} is a file. Choose another name, or move it away.`)
  }
  const found = readdirSync(folder).filter((name) => name !== '.git')
  if (found.length === 0) return
  const some = found.length > 3 ? `${found.slice(0, 3).join(', ')} …` : found.join(', ')
  throw new Refusal(
    `${folder} is not empty (${some}). Choose a new folder, or empty that one; nothing was changed.`,
  )
}

/** A package name that npm takes. */
function nameFor(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
  return name || 'my-bot'
}

function manifestOf(text: string, name: string, callchart: string): string {
  const manifest = JSON.parse(text)
  const dependencies = { ...manifest.dependencies, callchart }
  return `${JSON.stringify({ ...manifest, name, dependencies }, null, 2)}\n`
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}
