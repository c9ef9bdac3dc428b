/** What recordResponse recorded: kept for download until a while after the call. */
import { silentWav } from '../wav.ts'
import type { World } from './world.ts'

export type Recording = {
  readonly id: string
  readonly callId: string
  readonly accessToken: string
  readonly durationMs: number
}

export class Recordings {
  readonly #world: World
  readonly #kept = new Map<string, Recording>()

  constructor(world: World) {
    this.#world = world
  }

  keep(callId: string, durationMs: number): Recording {
    const recording = {
      id: this.#world.newId(),
      callId,
      accessToken: Buffer.from(this.#world.random(new Uint8Array(24))).toString('base64url'),
      durationMs,
    }
    this.#kept.set(recording.id, recording)
    return recording
  }

  find(id: string): Recording | undefined {
    return this.#kept.get(id)
  }

  /** Silence as long as what was said: this service hears when people speak, not what. */
  content(recording: Recording): Uint8Array<ArrayBuffer> {
    return silentWav(recording.durationMs)
  }

  /** Drops the recordings of a call that has ended, after the time they are kept. */
  callEnded(callId: string): void {
    const own = [...this.#kept.values()].filter((recording) => recording.callId === callId)
    if (own.length === 0) return
    this.#world.clock.setTimeout(() => {
      for (const recording of own) this.#kept.delete(recording.id)
    }, this.#world.switches.recordingKeptMs)
  }
}
