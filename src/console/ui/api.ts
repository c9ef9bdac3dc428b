/** The way to the admin API, and whether it lets this page in. */
import { signal } from '@preact/signals'
import type { Told } from '../../admin/protocol.ts'

/** `open` once an answer came; `closed` while a token is wanted; `absent` where the engine has no admin API. */
export const access = signal<'unknown' | 'open' | 'closed' | 'absent'>('unknown')

/** The code of a problem that passes by itself. */
export const UNREACHABLE = 'engine.unreachable'

/** An answer that is not the one asked for: what is wrong and what to do. */
export class Refused extends Error implements Told {
  readonly code: string
  readonly what: string
  readonly fix: string
  readonly status: number

  constructor(told: Told, status: number) {
    super(told.what)
    this.code = told.code
    this.what = told.what
    this.fix = told.fix
    this.status = status
  }
}

/** The address of a path of the API, wherever the engine serves this page. */
export function addressOf(path: string): string {
  return new URL(`../admin/${path}`, document.baseURI).href
}

/** Asks for JSON; throws `Refused`. The shape is the protocol's word, which both sides are compiled against. */
export async function ask<Answer>(path: string): Promise<Answer> {
  const response = await reach(path, {})
  return (await response.json()) as Answer
}

/** Does something; throws `Refused`. */
export async function tell<Answer = void>(path: string, body: object = {}): Promise<Answer> {
  const response = await reach(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** Shows the engine a token; afterwards the browser's cookie speaks for it. */
export async function logIn(token: string): Promise<void> {
  await tell('login', { token })
  access.value = 'open'
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(addressOf(path), init).catch(() => undefined)
  if (!response) throw new Refused(unreached, 0)
  if (response.ok) {
    access.value = 'open'
    return response
  }
  if (response.status === 401) access.value = 'closed'
  throw new Refused(await toldIn(response), response.status)
}

const unreached: Told = {
  code: UNREACHABLE,
  what: 'The engine does not answer.',
  fix: 'See whether its process runs; this page goes on by itself once it does.',
}

async function toldIn(response: Response): Promise<Told> {
  const body: unknown = await response.json().catch(() => undefined)
  if (isTold(body)) return body
  return {
    code: `http.${response.status}`,
    what: `The engine answered ${response.status}.`,
    fix: 'Its log says more.',
  }
}

function isTold(body: unknown): body is Told {
  return typeof body === 'object' && body !== null && 'what' in body && 'fix' in body
}
