import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ById } from '../../machines/byId.ts'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const changes = fc.array(fc.tuple(id, fc.nat()), { maxLength: 4 })

/** All that can be asked of a map. */
function told(map: ReadonlyMap<string, number>) {
  const each: [string, number][] = []
  map.forEach((value, key) => {
    each.push([key, value])
  })
  return {
    all: [...map],
    each,
    entries: [...map.entries()],
    keys: [...map.keys()],
    values: [...map.values()],
    size: map.size,
    found: ['a', 'f', 'z'].map((key) => [map.has(key), map.get(key)]),
  }
}

test('after any changes it is what a map would be, and those before it are as they were', () => {
  fc.assert(
    fc.property(changes, fc.array(changes), (first, further) => {
      const model = new Map(first)
      let map = ById.of(model)
      for (const change of further) {
        const before = { map, told: told(map) }
        for (const [key, value] of change) model.set(key, value)
        map = map.with(new Map(change))
        expect(told(map)).toEqual(told(model))
        expect(told(before.map)).toEqual(before.told)
      }
    }),
  )
})

test('what is asked for in its order, in another, or not there, is found as ever', () => {
  fc.assert(
    fc.property(changes, fc.array(id), (first, asked) => {
      const map = ById.of(new Map(first))
      const find = map.inOrder()
      expect(asked.map(find)).toEqual(asked.map((each) => map.get(each)))
    }),
  )
})
