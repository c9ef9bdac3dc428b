/** Which files of the repository are pages of the site, and how their links lead from one to another. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, posix } from 'node:path'

const root = join(import.meta.dirname, '..')

/** A page's file in the repository, and its file on the site. */
type Page = { readonly from: string; readonly to: string }

/** Every page: the README, the documents, and the README of each example. */
function pagesOf(): readonly Page[] {
  const documents = filesIn('docs').filter((path) => path.endsWith('.md'))
  const examples = filesIn('examples').filter((path) => path.endsWith('/README.md'))
  return [
    { from: 'README.md', to: 'index.md' },
    ...documents.map((from) => ({ from, to: from.replace(/^docs\//, '') })),
    ...examples.map((from) => ({ from, to: from.replace('/README.md', '.md') })),
  ]
}

/** Lays the pages out in a folder, with the pictures they show. */
export function layOut(folder: string): void {
  const pages = pagesOf()
  for (const page of pages) {
    const text = readFileSync(join(root, page.from), 'utf8')
    write(join(folder, page.to), withLinks(withPicture(text, page), page, pages, folder))
  }
}

/** Mermaid is drawn by some who show Markdown; here the chart's own picture stands for it. */
function withPicture(text: string, { from }: Page): string {
  const example = posix.dirname(from)
  const name = example === '.' ? 'front-desk' : posix.basename(example)
  const picture = `snapshots/charts/${name}.scenario.svg`
  if (!existsSync(join(root, picture))) return text
  const shown = `![The scenario of ${name}](${posix.relative(example, picture)})`
  return text.replace(/^```mermaid\n[\s\S]*?^```$/m, shown)
}

const link = /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#)([^)#\s]*)(#[^)\s]*)?\)/g

/** Links between pages lead from page to page; what is no page is named, and pictures come along. */
function withLinks(text: string, page: Page, pages: readonly Page[], folder: string): string {
  return text.replace(link, (_, mark, words, path, anchor = '') => {
    const target = posix.join(posix.dirname(page.from), path)
    const found =
      pages.find(({ from }) => from === target) ??
      pages.find(({ from }) => from === posix.join(target, 'README.md'))
    if (found) return `[${words}](${relativeTo(page, found.to)}${anchor})`
    if (mark !== '!') return words
    const picture = posix.join('pictures', posix.basename(target))
    mkdirSync(join(folder, 'pictures'), { recursive: true })
    cpSync(join(root, target), join(folder, picture))
    return `![${words}](${relativeTo(page, picture)})`
  })
}

function relativeTo(page: Page, to: string): string {
  const path = posix.relative(posix.dirname(page.to), to)
  return path.startsWith('.') ? path : `./${path}`
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) !== '')
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    .sort()
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A page on the sidebar. */
type Item = { readonly text: string; readonly link: string }

const beginning = ['index.md', 'quickstart.md', 'concepts.md']
const looking = ['ERRORS.md', 'GLOSSARY.md', 'COMPARISON.md']

/** Every page, in the order in which it is read; what nobody has placed is told last. */
export function sidebar(): { readonly text: string; readonly items: readonly Item[] }[] {
  const pages = pagesOf()
  const placed = (names: readonly string[]) =>
    names.flatMap((name) => pages.filter(({ to }) => to === name))
  const guides = pages.filter(({ to }) => to === 'dialogue.md' || to.startsWith('guides/'))
  const examples = pages.filter(({ to }) => to.startsWith('examples/'))
  const named = new Set([...placed([...beginning, ...looking]), ...guides, ...examples])
  return [
    { text: 'Begin', items: placed(beginning).map(itemOf) },
    { text: 'Guides', items: guides.map(itemOf) },
    { text: 'Examples', items: examples.map(itemOf) },
    {
      text: 'Look up',
      items: [{ text: 'Reference', link: '/reference/' }, ...placed(looking).map(itemOf)],
    },
    { text: 'How it is made', items: pages.filter((page) => !named.has(page)).map(itemOf) },
  ]
}

function itemOf({ from, to }: Page): Item {
  const [, heading = to] = /^# (.*)$/m.exec(readFileSync(join(root, from), 'utf8')) ?? []
  return { text: heading, link: `/${to.replace(/(index)?\.md$/, '')}` }
}
