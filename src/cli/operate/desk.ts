/** Where an operator stands: a running bot's admin API, or a database that is read without a bot. */

import type { Command } from 'commander'
import { Option } from 'commander'
import { z } from 'zod'
import { openSqliteStore } from '../../../snapshots/index.ts'
import { createAdmin } from '../../admin/index.ts'
import { SystemClock } from '../../clock.ts'
import { Charts, Visits } from '../../engine/index.ts'
import { CallchartError } from '../../errors.ts'
import { safeUrl } from '../../loopback.ts'
import { Observers } from '../../telemetry/index.ts'
import { type LoadOptions, loadBot } from '../loadBot.ts'

export type DeskOptions = {
  readonly url: string
  readonly json?: true
}

/** Options of what only reads: it needs no running bot. */
export type ReadingOptions = DeskOptions &
  LoadOptions & { readonly database?: string; readonly bot?: string }

type Send = (path: string, request: RequestInit) => Promise<Response>

const refused = z.object({ code: z.string(), what: z.string(), fix: z.string() })

export class Desk {
  readonly #send: Send
  readonly #where: string

  constructor(where: string, send: Send) {
    this.#where = where
    this.#send = send
  }

  /** Reads; throws `CallchartError` with what the admin API says, or that none is there. */
  get<Answer>(path: string, answer: z.ZodType<Answer>): Promise<Answer> {
    return this.#ask(path, {}, answer)
  }

  /** Does; throws as `get` does. */
  post<Answer>(path: string, request: RequestInit, answer: z.ZodType<Answer>): Promise<Answer> {
    return this.#ask(path, { ...request, method: 'POST' }, answer)
  }

  async #ask<Answer>(
    path: string,
    request: RequestInit,
    answer: z.ZodType<Answer>,
  ): Promise<Answer> {
    const response = await this.#send(path, request)
    const body: unknown = await response.json().catch(() => undefined)
    const read = answer.safeParse(body)
    if (response.ok && read.success) return read.data
    const refusal = refused.safeParse(body)
    if (refusal.success) throw new CallchartError(refusal.data)
    throw new CallchartError({
      code: 'desk.strangeAnswer',
      what: `${this.#where}${path} answered ${response.status}, which is not what an admin API says.`,
      fix: 'Set CALLCHART_ADMIN_TOKEN for the bot too: without it there is no admin API. Give its URL, path and all, with --url.',
    })
  }
}

/** Adds where to stand, and how to tell. */
export function withDesk(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--url <url>',
        'where the bot listens, with the path of CALLCHART_PUBLIC_URL if it has one',
      ).default('http://localhost:8080'),
    )
    .option('--json', 'the answer as one line of JSON')
}

/** Adds what lets a command read a database without a running bot. */
export function withDatabase(command: Command): Command {
  return withDesk(command)
    .option('--database <file>', 'read this database instead, beside its bot or without one')
    .option('--bot <file>', 'with --database: the module of its bot')
    .option('--chart <name>', 'with --bot: which export is the chart')
}

/** The desk at a running bot; throws `CallchartError` without a token. */
export function deskAt({ url }: DeskOptions): Desk {
  const base = safeUrl(url, '--url').href.replace(/\/+$/, '')
  const token = process.env.CALLCHART_ADMIN_TOKEN ?? ''
  if (token === '') throw noToken()
  return new Desk(base, async (path, request) => {
    const headers = new Headers(request.headers)
    headers.set('Authorization', `Bearer ${token}`)
    try {
      return await fetch(`${base}/admin${path}`, { ...request, headers })
    } catch (cause) {
      throw nobody(base, cause)
    }
  })
}

/** Reads with the desk that the options choose. */
export async function reading(
  options: ReadingOptions,
  work: (desk: Desk) => Promise<void>,
): Promise<void> {
  const { database, bot } = options
  if (database === undefined) return work(deskAt(options))
  if (bot === undefined) throw noBot()
  const loaded = await loadBot(bot, options)
  const store = openSqliteStore(database, { readOnly: true })
  try {
    const admin = createAdmin({
      token: OFFLINE,
      store,
      engine: { charts: new Charts(loaded.bot), visits: new Visits(), statesOf: () => undefined },
      observers: new Observers(),
      clock: new SystemClock(),
      publicUrl: () => 'http://localhost',
      deeds: { place: refuse, operate: refuse },
    })
    const headers = { Authorization: `Bearer ${OFFLINE}` }
    await work(new Desk(database, async (path) => admin.app.request(path, { headers })))
    admin.close()
  } finally {
    await store.close()
  }
}

/** Opens nothing: this admin API is reached from inside its process only. */
const OFFLINE = 'nobody listens here'

function refuse(): never {
  throw new Error('A database that is only read is asked to do something.')
}

function noToken(): CallchartError {
  return new CallchartError({
    code: 'desk.noToken',
    what: 'CALLCHART_ADMIN_TOKEN is not set.',
    fix: "Set it to the bot's own, or read its database with --database and --bot.",
  })
}

function noBot(): CallchartError {
  return new CallchartError({
    code: 'option.invalid',
    what: '--database is given without --bot.',
    fix: 'Name the module of the bot: its chart tells what the stored calls are in.',
  })
}

function nobody(base: string, cause: unknown): CallchartError {
  return new CallchartError({
    code: 'desk.nobody',
    what: `No bot answers at ${base}.`,
    fix: 'Say where it listens with --url, or read its database with --database and --bot.',
    cause,
  })
}
