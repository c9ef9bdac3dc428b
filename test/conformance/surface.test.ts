import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { effects, isEffectName } from '../../machines/effects.ts'
import * as words from '../../machines/enums.ts'
import { methods as emulated } from '../../src/emulator/methods/index.ts'
import { effectParams } from '../../src/graph/params.ts'
import { missingPermission } from '../../src/graph/permissions.ts'
import { routes } from './routes.ts'
import { surface } from './surface.ts'
import { surfaceTypes } from './surfaceTypes.ts'

test('the compiler holds our types to the surface as it is', () => {
  const written = readFileSync(fileURLToPath(import.meta.resolve('./surface.types.ts')), 'utf8')
  const bare = (text: string) => text.replace(/[\s|]|,(?=\s*>)/g, '')
  expect(bare(written) === bare(surfaceTypes())).toBe(true)
})

test('every word of ours is one the surface has', () => {
  const known = [...Object.values(surface.enums), ...Object.values(surface.beta.enums)].flat()
  const spelt = new Set(known.map((word) => word.toLowerCase()))
  const ours = Object.values(words).flat()
  expect(ours.filter((word) => !spelt.has(word.toLowerCase()))).toEqual([])
})

describe.each(surface.methods.map((method) => [method.name, method] as const))(
  '%s',
  (name, method) => {
    const route = routes.find(
      ({ verb, template }) => verb === method.verb && template === method.path,
    )

    test('has a route to something of ours', () => {
      const { maker } = route ?? {}
      const ours =
        maker?.kind === 'effect'
          ? maker.effect
          : maker?.kind === 'meetings'
            ? maker.method
            : maker?.kind
      expect(ours).toBe(name)
    })

    test('is served by the emulator', () => {
      const path = plain(method.path).replace(/^\/(communications|users\/\{\})/, '')
      const served = emulated.some((each) => each.verb === method.verb && plain(each.path) === path)
      expect(served).toBe(true)
    })
  },
)

const asked = surface.methods.flatMap((method) =>
  isEffectName(method.name) ? [{ ...method, name: method.name }] : [],
)

test.each(asked)('$name takes every field and says its version', ({ name, fields, version }) => {
  const schema = Object.entries(effectParams).find(([effect]) => effect === name)?.[1]
  const shape = schema && 'shape' in schema ? Object.keys(schema.shape) : []
  const taken = new Set([...shape, ...renamed(shape), 'callbackUri', 'clientContext'])
  expect(fields.filter((field) => !taken.has(field))).toEqual([])
  expect(effects[name].beta).toBe(version === 'beta')
})

test.each(asked)(
  '$name asks for the permissions of the tables',
  ({ name, permissions, checked }) => {
    const missing = missingPermission(name, {}, ['Mail.Read'])
    if (checked === 'atCreation') expect(missing).toBeUndefined()
    if (checked === 'always') expect(new Set(missing?.anyOf ?? [])).toEqual(new Set(permissions))
  },
)

test('every effect is a method of the surface, an alias or an answer to a joining', () => {
  const known = new Set(surface.methods.map(({ name }) => name))
  const others = Object.keys(effects).filter((name) => !known.has(name))
  expect(others).toEqual([
    'placeCall',
    'tellCall',
    'record',
    'acceptJoin',
    'rejectJoin',
    'inviteNewBot',
  ])
})

/** Fields that charts write shorter. */
function renamed(shape: readonly string[]): readonly string[] {
  return [
    ...(shape.includes('prompt') ? ['prompts'] : []),
    ...(shape.includes('to') ? ['transferTarget'] : []),
  ]
}

function plain(path: string): string {
  return path.replace(/\?.*$/, '').replace(/\{\w*\}|:\w+/g, '{}')
}
