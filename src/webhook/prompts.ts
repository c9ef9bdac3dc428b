/** The bot's prompts: WAV files out of one folder, for Graph to fetch. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { PROMPT_NAME } from '../graph/shorthand.ts'

const MOST_BYTES = 32 * 1024 * 1024

/** `GET /:name` for every WAV file directly in `folder`; anything else is 404. */
export function createPrompts(folder: string): Hono {
  const prompts = new Hono()
  prompts.get('/:name', etag(), async (context) => {
    const wav = await read(folder, context.req.param('name'))
    if (!wav) return context.json({ error: 'There is no such prompt.' }, 404)
    return context.body(wav, 200, {
      'Content-Type': 'audio/wav',
      'Cache-Control': 'public, max-age=300',
    })
  })
  return prompts
}

async function read(folder: string, name: string): Promise<ArrayBuffer | undefined> {
  // The name's pattern has no separator in it: it cannot leave the folder.
  if (!PROMPT_NAME.test(name)) return undefined
  const file = await open(join(folder, name)).catch(() => undefined)
  if (!file) return undefined
  try {
    const stats = await file.stat()
    if (!stats.isFile() || stats.size > MOST_BYTES) return undefined
    return new Uint8Array(await file.readFile()).buffer
  } finally {
    await file.close()
  }
}
