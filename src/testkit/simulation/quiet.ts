/** Quiet: knowing that nothing runs, on the event loop or in the thread pool, so that time may move. */
import { createHook } from 'node:async_hooks'
import { setImmediate } from 'node:timers'
import { signAtOnce, signInThePool } from './signatures.ts'

/**
 * Work that ends by itself: immediates, and what the thread pool does (files, hashes, keys, signatures).
 * Random bytes are drawn at once, and their end is told only when their garbage is collected.
 */
const ENDS_BY_ITSELF = /^Immediate$|^FSREQ|CLOSEREQ$|^(?!HTTP|RANDOMBYTES).*REQUEST$/

const running = new Set<number>()
const watch = {
  init(id: number, type: string) {
    if (ENDS_BY_ITSELF.test(type)) running.add(id)
  },
  after(id: number) {
    running.delete(id)
  },
  destroy(id: number) {
    running.delete(id)
  },
  // Promises are told by the event loop coming to rest; watching each would cost the most.
  trackPromises: false,
}
const hook = createHook(watch)
let watchers = 0

/** Begins to watch what runs; give the function returned its call when done. */
export function watchQuiet(): () => void {
  if (watchers++ === 0) {
    hook.enable()
    signAtOnce()
  }
  return () => {
    if (--watchers > 0) return
    hook.disable()
    signInThePool()
  }
}

let resting = Promise.resolve()

/** Resolves when every piece of work has come to its end or waits for the clock or the network. */
export function quiet(): Promise<void> {
  // One after the other: of two who wait at once, each would be what the other waits for.
  resting = resting.then(rest)
  return resting
}

async function rest(): Promise<void> {
  do await new Promise<void>((resolve) => setImmediate(resolve))
  while (running.size > 0)
}
