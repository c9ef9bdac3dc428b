/** A bot with its admin API, over real HTTP, in an emulated Graph on a simulated clock. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { callChart, callSetup } from 'callchart/machines'
import type { AnyStateMachine } from 'xstate'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { type EmulatedCall, silentWav } from '../../src/emulator/index.ts'
import { Rig, type RigOptions } from '../engine/rig.ts'

export const TOKEN = 'a-token-that-nobody-can-guess'

export type Asked = {
  readonly method?: string
  readonly body?: unknown
  /** Null for none. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

const careless = callSetup.extend({
  guards: {
    never: () => {
      throw new Error('no idea what to do')
    },
  },
})

/** A chart that throws when its call is established. */
export const throwing = careless.createMachine(
  callChart({
    id: 'throwing',
    version: '1',
    scenario: careless.createStateConfig({
      initial: 'waiting',
      states: { waiting: { on: { 'call.established': { guard: 'never', target: 'waiting' } } } },
    }),
  }),
)

const keyed = callSetup.extend({})

/** A chart that plays a prompt and listens to nothing that comes of it. */
export const deaf = keyed.createMachine(
  callChart({
    id: 'deaf',
    version: '1',
    scenario: keyed.createStateConfig({
      initial: 'waiting',
      states: {
        waiting: { on: { 'call.established': 'greeting' } },
        greeting: { entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } } },
      },
    }),
  }),
)

/** A chart in which two keys lead to the same state. */
export const twoWays = keyed.createMachine(
  callChart({
    id: 'two-ways',
    version: '1',
    scenario: keyed.createStateConfig({
      initial: 'waiting',
      states: {
        waiting: { on: { 'call.established': 'choosing' } },
        choosing: {
          entry: 'subscribeToTone',
          on: {
            'tone.received': [
              { guard: { type: 'toneIs', params: { tone: 'tone1' } }, target: 'chosen' },
              { guard: { type: 'toneIs', params: { tone: 'tone2' } }, target: 'chosen' },
            ],
          },
        },
        chosen: {},
      },
    }),
  }),
)

/** Those of the examples. */
const prompts = [
  'leave-a-message',
  'nothing-heard',
  'thanks',
  'team-call',
  'incident',
  'has-joined',
  'good-morning',
  'main',
  'pin',
  'sure',
  'sorry',
  'blocked',
]

export class Stage {
  readonly rig: Rig
  readonly #chart: AnyStateMachine
  readonly #options: RigOptions

  private constructor(rig: Rig, chart: AnyStateMachine, options: RigOptions) {
    this.rig = rig
    this.#chart = chart
    this.#options = options
  }

  static async open(chart: AnyStateMachine = frontDesk, asked: RigOptions = {}): Promise<Stage> {
    const options = { adminToken: TOKEN, ...asked }
    const rig = await Rig.open(chart, options)
    for (const name of prompts) {
      await writeFile(join(rig.folder, 'prompts', `${name}.wav`), silentWav(1_000))
    }
    return new Stage(rig, chart, options)
  }

  /** Starts the bot again after a crash, on the same database. */
  restart(): Promise<void> {
    return this.rig.start(this.#chart, this.#options)
  }

  /** One more user of a recording policy joins. */
  async joins(call: EmulatedCall, who: string): Promise<void> {
    void call.policyJoin(who)
    await this.rig.advance(2_000)
  }

  /** Whether a call's rows have become one. */
  packed(key: string): boolean {
    const database = new Database(this.rig.database, { readonly: true })
    const count = database.prepare('SELECT count(*) FROM ended WHERE key = ?').pluck().get(key)
    database.close()
    return count === 1
  }

  /** Asks the admin API. */
  ask(
    path: string,
    { method = 'GET', body, token = TOKEN, headers }: Asked = {},
  ): Promise<Response> {
    return fetch(`${this.rig.publicUrl}/admin${path}`, {
      method,
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  /** What it answers, which must be 2xx. */
  async get<Answer>(path: string, asked: Asked = {}): Promise<Answer> {
    const response = await this.ask(path, asked)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.rig[Symbol.asyncDispose]()
  }
}
