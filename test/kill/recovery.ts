/** How soon an engine that was killed is ready again, and has asked Graph about every call that it had. */
import { Scene } from '../../src/cli/demo/scene.ts'
import { engineCommand } from './engineCommand.ts'

export type Recovery = {
  readonly calls: number
  /** From starting an engine without a call until `/readyz` says that it is ready: what a start takes. */
  readonly emptyReadyMs: number
  /** The same with all these calls, after the kill. */
  readonly readyMs: number
  /** From the same start until Graph has answered where each call stands, which is asked at a pace. */
  readonly reconciledMs: number
}

/** Calls that ring at once: all are answered long before Graph gives up on them. */
const RING_AT_ONCE = 50

const LOOK_EVERY_MS = 5

/** Anything may take this long, on a machine that has other work. */
const PATIENCE_MS = 5 * 60_000

/** Connects so many calls, kills their engine, and starts it again. */
export async function recovery(calls: number): Promise<Recovery> {
  await using scene = await Scene.open({ engine: engineCommand(undefined) })
  await scene.engine.kill()
  const emptyReadyMs = await startedWithin(scene)
  await connect(scene, calls)
  await scene.engine.kill()

  const unasked = new Set(scene.emulator.calls.map(({ id }) => id))
  scene.emulator.events((entry) => {
    if (entry.kind === 'request' && entry.method === 'getCall' && entry.status === 200)
      unasked.delete(entry.callId ?? '')
  })
  const startMs = performance.now()
  const readyMs = await startedWithin(scene)
  await until('every call is asked about', async () => unasked.size === 0)
  return { calls, emptyReadyMs, readyMs, reconciledMs: since(startMs) }
}

/** Starts the engine; resolves to how long it took to be ready. */
async function startedWithin(scene: Scene): Promise<number> {
  const startMs = performance.now()
  scene.start()
  await until('the engine is ready', () => isReady(scene.url))
  return since(startMs)
}

/** Every call is up, and its caller listens to the greeting until the end. */
async function connect({ emulator }: Scene, calls: number): Promise<void> {
  for (let rung = 0; rung < calls; rung += RING_AT_ONCE) {
    const ringing = Array.from({ length: Math.min(RING_AT_ONCE, calls - rung) }, (_, index) =>
      emulator.ring({ from: `caller${rung + index}@fabrikam.com` }),
    )
    await until('the callers are greeted', async () =>
      ringing.every((call) => call.truth().playing),
    )
  }
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`Waited in vain until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

function since(startMs: number): number {
  return Math.round(performance.now() - startMs)
}
