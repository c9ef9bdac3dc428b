/** The bot's prompts: WAV files out of its folders, for Graph to fetch. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { PROMPT_NAME } from '../graph/shorthand.ts'

/** Folders of WAV files. */
export type PromptFolders = {
  /** Of every chart that has none of its own. */
  readonly all?: string | undefined
  /** By the chart's id. */
  readonly own: ReadonlyMap<string, string>
}

const MOST_BYTES = 32 * 1024 * 1024

/** Where a chart's prompts are, below the bot's URL. */
export function promptsPath({ own }: PromptFolders, chartId: string | undefined): string {
  return chartId !== undefined && own.has(chartId)
    ? `/prompts/${encodeURIComponent(chartId)}`
    : '/prompts'
}

/** `GET /:name`, and `/:chart/:name`, for every WAV file directly in its folder; anything else is 404. */
export function createPrompts({ all, own }: PromptFolders): Hono {
  const prompts = new Hono()
  if (all !== undefined) {
    prompts.get('/:name', etag(), async (context) =>
      respond(await read(all, context.req.param('name'))),
    )
  }
  prompts.get('/:chart/:name', etag(), async (context) => {
    const { chart, name } = context.req.param()
    return respond(await read(own.get(chart), name))
  })
  return prompts
}

function respond(wav: ArrayBuffer | undefined): Response {
  if (!wav) return Response.json({ error: 'There is no such prompt.' }, { status: 404 })
  const headers = { 'Content-Type': 'audio/wav', 'Cache-Control': 'public, max-age=300' }
  return new Response(wav, { headers })
}

async function read(folder: string | undefined, name: string): Promise<ArrayBuffer | undefined> {
  // The name's pattern has no separator in it: it cannot leave the folder.
  if (folder === undefined || !PROMPT_NAME.test(name)) return undefined
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
