/** How Graph's members are read: known ones typed, wrong ones left out, unknown ones kept. */
import { z } from 'zod'
import type { Json, Open } from '../../machines/words.ts'
import { sameId } from './ids.ts'

/** The documented spelling of a word whatever its case; a word nobody documented is kept. */
export function wordOf<Known extends string>(
  known: readonly Known[],
  value: Json | undefined,
): Open<Known> | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return known.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value
}

/** A number, also when it was written as a string. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

export const json = z.custom<Json | undefined>(() => true)

/** An object whose other members are kept as they came. */
export const open = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.object(shape).catchall(json)

/** A member that may be missing, null, or wrong and then left out. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined)

/** A member that is left out when it is null or wrong. */
export const definite = <Schema extends z.ZodType>(schema: Schema) =>
  schema.optional().catch(undefined)

export const text = maybe(z.string())
export const flag = maybe(z.boolean())
export const number = json.transform(numberOf).optional()
export const word = <Known extends string>(known: readonly Known[]) =>
  json.transform((value) => wordOf(known, value)).optional()

/** An id in its one spelling. */
export const id = z.string().min(1).transform(sameId)
