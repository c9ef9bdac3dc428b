/** The documentation as a site: the pages of this repository, and a reference made from the docstrings. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Application } from 'typedoc'
import { build, createServer } from 'vitepress'
import packageFile from '../package.json' with { type: 'json' }
import { layOut } from './pages.ts'

const here = import.meta.dirname
const root = join(here, '..')
const pages = join(here, 'pages')

rmSync(pages, { recursive: true, force: true })
layOut(pages)
await writeReference(join(pages, 'reference'))
if (process.argv.includes('--dev')) {
  const server = await createServer(here)
  await server.listen()
  server.printUrls()
} else {
  // A link that leads nowhere fails the build.
  await build(here)
}

/** Each way into the package is a module, named as it is imported. */
async function writeReference(folder: string): Promise<void> {
  const entries = Object.entries(packageFile.exports).flatMap(([path, entry]) =>
    typeof entry === 'string'
      ? []
      : [{ name: path.replace('.', packageFile.name), file: entry['callchart-source'] }],
  )
  const application = await Application.bootstrapWithPlugins({
    entryPoints: entries.map(({ file }) => join(root, file)),
    tsconfig: join(root, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: folder }],
    name: 'Reference',
    entryFileName: 'index',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    readme: 'none',
    excludeInternal: true,
    excludePrivate: true,
    disableSources: true,
    skipErrorChecking: true,
    logLevel: 'Warn',
  })
  const project = await application.convert()
  if (!project) throw new Error('typedoc could not read the sources.')
  for (const module of project.children ?? []) {
    const entry = entries.find(({ file }) => file === `./${module.name}/index.ts`)
    module.name = entry?.name ?? module.name
  }
  await application.generateOutputs(project)
}
