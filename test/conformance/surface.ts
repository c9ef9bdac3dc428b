/** Graph's surface as its metadata and pages have it: types, enums and methods, in `surface.json`. */
import { z } from 'zod'
import table from './surface.json' with { type: 'json' }

const words = z.array(z.string())

export const surface = z
  .object({
    types: z.record(z.string(), z.object({ properties: words, base: z.string().optional() })),
    enums: z.record(z.string(), words),
    /** What beta adds. */
    beta: z.object({ types: z.record(z.string(), words), enums: z.record(z.string(), words) }),
    methods: z.array(
      z.object({
        verb: z.string(),
        path: z.string(),
        /** Our effect or client method. */
        name: z.string(),
        version: z.string(),
        status: z.number(),
        /** One of these application permissions is needed. */
        permissions: words,
        /**
         * When Graph looks at them: each time, at the call's creation only, by the shape of the request;
         * `unchecked`: by Graph alone, for no effect asks.
         */
        checked: z.enum(['always', 'atCreation', 'byShape', 'unchecked']),
        /** Of the request's body, where it is not an entity. */
        fields: words,
      }),
    ),
  })
  .parse(table)

/** Every property of a type, inherited and beta ones too; of all types when the type is not known. */
export function propertiesOf(odataType: string | undefined): ReadonlySet<string> {
  const name = odataType?.replace(/^#?microsoft\.graph\./, '')
  return name !== undefined && name in surface.types
    ? new Set(ownAndInherited(name))
    : everyProperty
}

function ownAndInherited(name: string): readonly string[] {
  const type = surface.types[name]
  if (!type) return []
  const inherited = type.base === undefined ? [] : ownAndInherited(type.base)
  return [...inherited, ...type.properties, ...(surface.beta.types[name] ?? [])]
}

const everyProperty: ReadonlySet<string> = new Set(
  Object.keys(surface.types).flatMap((name) => ownAndInherited(name)),
)
