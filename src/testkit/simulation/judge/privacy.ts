/** Nothing private on disk: no tone, no recording token, no bearer token, in any row or record. */
import type { Evidence } from './judge.ts'

const PRIVATE = /"tone\\?":\\?"(?!•)|recordingAccessToken\\?":\\?"|Bearer |eyJ[\w-]{20,}\.eyJ/

export async function nothingPrivate({ world, disk, keys }: Evidence): Promise<string[]> {
  const places = {
    disk: disk.store.image().toString('latin1'),
    'packed record': await packed(disk, keys),
    records: JSON.stringify(world.records),
  }
  return Object.entries(places).flatMap(([place, text]) => {
    const at = PRIVATE.exec(text)
    return at
      ? [
          `The ${place} holds ${at[0]} in …${text.slice(Math.max(0, at.index - 80), at.index + 40)}…`,
        ]
      : []
  })
}

/** What the image shows of calls that ended long ago only in packed form. */
async function packed({ store }: Evidence['disk'], keys: Evidence['keys']): Promise<string> {
  const texts: string[] = []
  for (const key of keys) {
    texts.push(JSON.stringify([await store.load(key), await store.journal(key)]))
  }
  return texts.join('\n')
}
