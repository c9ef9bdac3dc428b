/** A recordResponse in the media queue: prompt, then listening, then a recording to download. */
import type { Wake } from '../../clock.ts'
import type { MediaInfo } from '../prompts.ts'
import type { Call } from './call.ts'
import type { MediaItem } from './media.ts'
import { Operation } from './operations.ts'
import { Playing } from './playing.ts'
import type { ResultInfo } from './results.ts'
import { results } from './results.ts'

/** What a bot asks of a recording. */
export type RecordWishes = {
  readonly prompts: readonly MediaInfo[]
  readonly initialSilenceMs: number
  readonly maxSilenceMs: number
  readonly maxDurationMs: number
  readonly stopTones: readonly string[]
  readonly clientContext: string | null | undefined
  /** Where this service can be reached, for the recording's location. */
  readonly origin: string
  /** Whether it is told with the names of 2019 too. */
  readonly asIn2019?: boolean
}

export class Recorder implements MediaItem {
  readonly operation: Operation
  readonly cancelledExtras = { recordingLocation: '', recordingAccessToken: '' }
  readonly #call: Call
  readonly #wishes: RecordWishes
  #playing: Playing | undefined
  #done: () => void = () => undefined
  #startedMs: number | undefined
  #silence: Wake | undefined
  #longest: Wake | undefined

  constructor(call: Call, wishes: RecordWishes) {
    this.#call = call
    this.#wishes = wishes
    this.operation = new Operation(call, 'recordOperation', 'running', wishes.clientContext, {
      recordingLocation: null,
      recordingAccessToken: null,
    })
  }

  /** The prompt a caller hears at this moment, before the recording begins. */
  get playing(): Playing | undefined {
    return this.#playing
  }

  start(done: () => void): void {
    this.#done = done
    if (this.#wishes.prompts.length === 0) this.#listen()
    else this.#playing = new Playing(this.#call, this.#wishes.prompts, this.#played)
  }

  stop(): void {
    this.#playing?.stop()
    const { clock } = this.#call.world
    if (this.#silence) clock.clearTimeout(this.#silence)
    if (this.#longest) clock.clearTimeout(this.#longest)
  }

  /** The caller speaks for `durationMs`, then is silent. */
  hear(durationMs: number): void {
    if (this.#startedMs === undefined) return
    this.#fallSilent(durationMs + this.#wishes.maxSilenceMs, () =>
      this.#complete(results.maxSilence, 'maxSilenceTimeout'),
    )
  }

  /** The caller pressed a key, given as on the dial pad. */
  press(key: string): void {
    if (this.#startedMs === undefined || !this.#wishes.stopTones.includes(key)) return
    this.#complete(results.stopTone, 'stopToneDetected')
  }

  readonly #played = (problem?: ResultInfo): void => {
    this.#playing = undefined
    if (problem) this.#fail(problem, 'playPromptFailed')
    else this.#listen()
  }

  #listen(): void {
    const { clock } = this.#call.world
    this.#startedMs = clock.now()
    this.#fallSilent(this.#wishes.initialSilenceMs, () =>
      this.#fail(results.initialSilence, 'initialSilenceTimeout'),
    )
    this.#longest = clock.setTimeout(
      () => this.#complete(results.maxRecordDuration, 'maxRecordDurationReached'),
      this.#wishes.maxDurationMs,
    )
  }

  #fallSilent(afterMs: number, end: () => void): void {
    const { clock } = this.#call.world
    if (this.#silence) clock.clearTimeout(this.#silence)
    this.#silence = clock.setTimeout(end, afterMs)
  }

  #complete(result: ResultInfo, completionReason: string): void {
    this.stop()
    const { clock, recordings } = this.#call.world
    const durationMs = clock.now() - (this.#startedMs ?? 0)
    const recording = recordings.keep(this.#call.id, durationMs)
    const recordingLocation = `${this.#wishes.origin}/recordings/${recording.id}`
    const extras = {
      completionReason,
      recordingLocation,
      recordingAccessToken: recording.accessToken,
      ...(this.#wishes.asIn2019 && {
        recordResourceLocation: recordingLocation,
        length: Math.round(durationMs / 1_000),
      }),
    }
    this.operation.finish({ status: 'completed', result, extras })
    this.#done()
  }

  #fail(result: ResultInfo, completionReason: string): void {
    this.stop()
    const extras = { completionReason, ...this.cancelledExtras }
    this.operation.finish({ status: 'failed', result, extras })
    this.#done()
  }
}
