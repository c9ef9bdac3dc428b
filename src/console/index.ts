/**
 * The console: a web page on which calls are seen living. This half hands out the built page; what the page
 * shows it asks of src/admin, which also says who may.
 *
 * May import: Hono, nothing of ours. `ui/` is the page, built by Vite into `dist/console`; it takes types
 * from src/admin/protocol.ts and nothing else from the house.
 * Read: this file, `built.ts` (the built files), then `ui/main.tsx`.
 * Not here: the API (src/admin), and whether there is a console at all (src/bot).
 */
import { type Context, Hono } from 'hono'
import { type BuiltFile, type BuiltFiles, builtFolder, readBuilt } from './built.ts'

/** The page runs its own files and speaks to its own server; nothing else is fetched, framed or run. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const NOT_BUILT = `The console's page is not built.
Run "npm run build" in Callchart's own folder and load this page again.
`

/** The page and what it loads, to be mounted at `/console/`. Needs no token: it shows nothing by itself. */
export function createConsole(folder = builtFolder): Hono {
  const files = readBuilt(folder)
  const app = new Hono()
  app.get('/', (context) => answer(context, files, 'index.html'))
  app.get('/:name{.+}', (context) => answer(context, files, context.req.param('name')))
  return app
}

function answer(context: Context, files: BuiltFiles, name: string): Response {
  const file = files.get(name)
  if (file) return give(context, file)
  if (files.size === 0) return context.text(NOT_BUILT, 503)
  return context.text('There is no such page.\n', 404)
}

function give(context: Context, { bytes, etag, type, isHashed }: BuiltFile): Response {
  const headers = {
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  }
  if (context.req.header('If-None-Match') === etag) return context.body(null, 304, headers)
  return context.body(bytes, 200, headers)
}
