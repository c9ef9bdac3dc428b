/** A simulated caller: rings, listens, and presses keys once the bot listens for them. */
import type { EmulatedCall, Emulator } from '../emulator/index.ts'

/** A person needs a moment to find a key. */
const REACTION_MS = 800

/** Rings; resolves when the call has ended. */
export async function placeCall(emulator: Emulator, from: string, keys: string): Promise<void> {
  const call = emulator.ring({ from })
  const stopListening = emulator.events(() => {
    if (!call.truth().tonesSubscribed) return
    stopListening()
    pressEach(emulator, call, keys)
  })
  await call.when('terminated')
  stopListening()
}

function pressEach(emulator: Emulator, call: EmulatedCall, keys: string): void {
  for (const [index, key] of [...keys].entries()) {
    const press = () => call.state !== 'terminated' && void call.press(key)
    emulator.clock.setTimeout(press, (index + 1) * REACTION_MS)
  }
}
