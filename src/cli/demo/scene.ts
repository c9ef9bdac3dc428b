/** The scene of a run: the emulated Graph in this process, the front desk's engine in another. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEmulator, type Emulator, type Switches } from '../../emulator/index.ts'
import { CallchartError } from '../../errors.ts'
import { emulatedBot, emulatedEnvironment } from '../emulated.ts'
import { freePort } from '../freePort.ts'
import { Caller, type Stage } from './caller.ts'
import {
  type EngineCommand,
  type EngineProcess,
  type StartsEngine,
  serving,
  startEngine,
} from './engineProcess.ts'
import { judge, type Verdict } from './judge.ts'

const frontDesk = fileURLToPath(new URL('../../../examples/front-desk/chart.ts', import.meta.url))

/** Who callers are put through to. */
const DESK = 'desk@contoso.com'

/** How long anything may take to come about. */
const PATIENCE_MS = 60_000

export type SceneOptions = {
  /** What is run as the engine, or how else one starts. Default: `callchart serve` with the front desk. */
  readonly engine?: EngineCommand | StartsEngine
  /** Default 60 s. */
  readonly patienceMs?: number
  readonly switches?: Partial<Switches>
}

export class Scene {
  readonly emulator: Emulator
  readonly callers: Caller[] = []
  /** Where the database is. */
  readonly folder: string
  /** Where the engine listens. */
  readonly url: string
  readonly #startEngine: StartsEngine
  readonly #patienceMs: number
  readonly #environment: Readonly<Record<string, string>>
  #engine: EngineProcess

  private constructor(
    emulator: Emulator,
    { folder, url }: Pick<Scene, 'folder' | 'url'>,
    environment: Readonly<Record<string, string>>,
    options: SceneOptions,
  ) {
    const { engine = serving(frontDesk, '--evidence-seconds', '3'), patienceMs = PATIENCE_MS } =
      options
    this.emulator = emulator
    this.folder = folder
    this.url = url
    this.#environment = environment
    this.#startEngine =
      typeof engine === 'function' ? engine : (variables) => startEngine(engine, variables)
    this.#patienceMs = patienceMs
    this.#engine = this.start()
  }

  /** Starts both processes. */
  static async open(options: SceneOptions = {}): Promise<Scene> {
    const port = await freePort()
    const publicUrl = `http://127.0.0.1:${port}`
    const folder = await mkdtemp(join(tmpdir(), 'callchart-scene-'))
    const emulator = createEmulator({
      switches: { prompts: 'manual', ringDelayMs: 100, ...options.switches },
      apps: [{ ...emulatedBot, webhook: `${publicUrl}/api/calls` }],
    })
    const environment = {
      ...emulatedEnvironment({ emulatorUrl: await emulator.listen(), publicUrl }),
      PORT: String(port),
      CALLCHART_HOST: '127.0.0.1',
      CALLCHART_DATABASE: join(folder, 'calls.db'),
    }
    const scene = new Scene(emulator, { folder, url: publicUrl }, environment, options)
    await scene.engine.listening
    return scene
  }

  get engine(): EngineProcess {
    return this.#engine
  }

  /** Somebody rings, and waits where told. */
  ring(waitsAt?: Stage): Caller {
    const caller = new Caller(this.emulator, `caller${this.callers.length}@fabrikam.com`, waitsAt)
    this.callers.push(caller)
    return caller
  }

  /** Whether somebody is at the desk to pick up. */
  staffDesk(isStaffed: boolean): void {
    this.emulator.script(DESK, isStaffed ? 'answer' : 'manual')
  }

  /** The desk picks up for everybody who was put through while nobody was there. */
  pickUpAll(): void {
    const waiting = this.callers.filter(({ stage }) => stage === 'transferring')
    for (const _ of waiting) this.emulator.pickUp(DESK)
  }

  /** Starts the engine on its database and port, without waiting until it listens. */
  start(database?: string): EngineProcess {
    this.#engine = this.#startEngine({
      ...this.#environment,
      ...(database && { CALLCHART_DATABASE: database }),
    })
    return this.#engine
  }

  /** Starts the engine anew, on another database if one is named. */
  async restart(database?: string): Promise<void> {
    await this.start(database).listening
  }

  /** Resolves, before the bot has its answer, when the emulator has done what the bot asked. */
  asked(method: string): Promise<void> {
    return new Promise((resolve) => {
      const stopListening = this.emulator.events((entry) => {
        if (entry.kind !== 'request' || entry.method !== method) return
        stopListening()
        resolve()
      })
    })
  }

  /** Resolves when something is so; throws when it does not come about. */
  until(what: string, isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(
        () => settle(() => reject(this.#waitedInVain(what))),
        this.#patienceMs,
      )
      const stopListening = this.emulator.events(() => isSo() && settle(resolve))
      const settle = (how: () => void) => {
        clearTimeout(patience)
        stopListening()
        how()
      }
      if (isSo()) settle(resolve)
    })
  }

  /** Waits until every call has ended and every notification was taken; then the judge speaks. */
  async verdict(): Promise<Verdict> {
    const isSettled = () =>
      this.callers.every(({ stage }) => stage === 'ended') &&
      this.emulator.record.every(
        (entry) => entry.kind !== 'notification' || entry.outcome !== 'pending',
      )
    // What never settles is for the judge to tell.
    await this.until('every call has ended', isSettled).catch(() => {})
    return judge(
      this.emulator.record,
      this.emulator.calls.map((call) => call.truth()),
    )
  }

  #waitedInVain(what: string): CallchartError {
    const stages = this.callers.map(({ stage }) => stage).join(', ')
    return new CallchartError({
      code: 'scene.waitedInVain',
      what: `Waited ${this.#patienceMs / 1000} s until ${what}, in vain; callers are ${stages}.`,
      fix: 'Look at what the engine tells with --verbose.',
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine.kill()
    await this.emulator.close()
    await rm(this.folder, { recursive: true })
  }
}
