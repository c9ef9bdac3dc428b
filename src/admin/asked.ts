/** What was asked, read with a schema and under limits. */
import type { Context } from 'hono'
import { z } from 'zod'
import { Refusal } from './answers.ts'

/** Longest body of a deed. */
export const MOST_BYTES = 64 * 1024

/** Calls on one page, and entries of one timeline, at most. */
export const MOST_ROWS = 500

/** A name in a path: a call's key, an id of Graph, a chart. */
export const name = z.string().min(1).max(300)

/** A count in a query. */
export function count(most: number, usual: number): z.ZodType<number, string | undefined> {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'give a whole number')
    .transform(Number)
    .pipe(z.number().min(1, 'give 1 at least').max(most, `give ${most} at most`))
    .optional()
    .transform((value) => value ?? usual)
}

/** A sequence or ordinal in a query; absent when not given. */
export const position = z
  .string()
  .regex(/^\d{1,15}$/, 'give a whole number')
  .transform(Number)
  .optional()

/** Reads the query; throws a 400 that names what is wrong. */
export function readQuery<Wish>(context: Context, wish: z.ZodType<Wish>): Wish {
  return read(context.req.query(), wish)
}

/** Reads a JSON body; throws 400, or 415 for any other type, which a form of another page could send. */
export async function readBody<Wish>(context: Context, wish: z.ZodType<Wish>): Promise<Wish> {
  needJson(context)
  return read(parsed(await context.req.text()), wish)
}

/** Throws 415 unless the body says that it is JSON. */
export function needJson({ req }: Context): void {
  if (/^application\/json\b/i.test(req.header('Content-Type') ?? '')) return
  throw new Refusal(415, {
    code: 'admin.notJson',
    what: 'The body is not application/json.',
    fix: 'Send JSON, and say so in Content-Type.',
  })
}

function read<Wish>(value: unknown, wish: z.ZodType<Wish>): Wish {
  const { data: found, error } = wish.safeParse(value)
  if (found !== undefined) return found
  const wrong = (error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.') || 'it'}: ${message}`,
  )
  throw new Refusal(400, {
    code: 'admin.invalid',
    what: `What was asked is not valid: ${wrong.join('; ')}.`,
    fix: 'Mend these and ask again.',
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return undefined
  }
}
