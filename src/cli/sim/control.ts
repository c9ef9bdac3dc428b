/** Asking a running emulator through its control API. */
import { z } from 'zod'
import { CallchartError } from '../../errors.ts'

const refused = z.object({ code: z.string(), what: z.string() })

export class Control {
  readonly #url: string

  constructor(url: string) {
    this.#url = url.replace(/\/+$/, '')
  }

  /** Reads; throws `CallchartError` that says why the emulator refuses, or that none is there. */
  get<Answer>(path: string, answer: z.ZodType<Answer>): Promise<Answer> {
    return this.#ask(path, { method: 'GET' }, answer)
  }

  /** Does; throws as `get` does. */
  post<Answer>(path: string, wish: object, answer: z.ZodType<Answer>): Promise<Answer> {
    return this.#ask(path, { method: 'POST', body: JSON.stringify(wish) }, answer)
  }

  async #ask<Answer>(path: string, request: RequestInit, answer: z.ZodType<Answer>) {
    const response = await this.#fetch(path, request)
    const text = await response.text()
    const body = response.status === 204 ? undefined : parse(text)
    const read = answer.safeParse(body)
    if (response.ok && read.success) return read.data
    const refusal = refused.safeParse(body)
    throw new CallchartError({
      code: refusal.data?.code ?? 'sim.strangeAnswer',
      what:
        refusal.data?.what ??
        `${this.#url}${path} answered ${response.status}, which is not what an emulator says.`,
      fix: refusal.data ? '' : 'Give the URL of a Callchart emulator with --url.',
    })
  }

  async #fetch(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(this.#url + path, request)
    } catch {
      throw new CallchartError({
        code: 'sim.nobody',
        what: `No emulator answers at ${this.#url}.`,
        fix: 'Start one with "callchart start ./bot.ts" or "callchart emulate", or say where it is with --url.',
      })
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
