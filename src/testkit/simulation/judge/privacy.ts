/** Nothing private on disk: no tone, no recording token, no bearer token, in any row or record. */
import type { Evidence } from '../../invariants/invariant.ts'

const PRIVATE = /"tone\\?":\\?"(?!•)|recordingAccessToken\\?":\\?"|Bearer |eyJ[\w-]{20,}\.eyJ/

export function nothingPrivate({ world, disk }: Evidence): string[] {
  const places = {
    disk: disk.store.image().toString('latin1'),
    // What has been compacted since cannot be read in the image.
    commits: JSON.stringify(disk.commits),
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
