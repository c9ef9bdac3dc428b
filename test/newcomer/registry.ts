/** A package registry that has our packages, not yet published, and sends for all others to the one npm is set to. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { basename } from 'node:path'

type Published = { readonly manifest: Manifest; readonly tarball: Buffer; readonly file: string }
type Manifest = { readonly name: string; readonly version: string }

export type Registry = {
  readonly url: string
  readonly close: () => void
}

/** Serves the tarballs as the latest of their packages. */
export async function createRegistry(tarballs: readonly string[]): Promise<Registry> {
  const published = tarballs.map(read)
  const others = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/'
    const known = published.find(({ manifest }) => path.split('/')[1] === manifest.name)
    if (!known) answer.writeHead(302, { location: others.replace(/\/$/, '') + path }).end()
    else if (path.endsWith('.tgz')) answer.end(known.tarball)
    else describe(known, `http://${asked.headers.host}`, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function read(path: string): Published {
  const manifest = JSON.parse(
    execFileSync('tar', ['--extract', '--to-stdout', '--file', path, 'package/package.json'], {
      encoding: 'utf8',
    }),
  )
  return { manifest, tarball: readFileSync(path), file: basename(path) }
}

/** What npm calls a packument. */
function describe({ manifest, tarball, file }: Published, url: string, answer: ServerResponse) {
  const { name, version } = manifest
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  const dist = { tarball: `${url}/${name}/-/${file}`, integrity }
  // Another test's packages may have had this address: nothing may be remembered.
  answer.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  answer.end(
    JSON.stringify({
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist } },
    }),
  )
}
