/** Signing keys for every world of the process: making one takes longer than many a simulated call. */
import { type Key, KeyRing, makeKey } from '../../emulator/index.ts'

const made: Promise<Key>[] = []
const KEYS = 4

/** A ring whose keys are made once for the process and come round again. */
export function keyRing(): KeyRing {
  let next = 0
  return new KeyRing(() => {
    const index = next++ % KEYS
    made[index] ??= makeKey()
    return made[index]
  })
}
