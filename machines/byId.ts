/**
 * A map by id that is never changed in place. A copy in which ids it has stand for other values copies a
 * list of references and no table: one person who mutes costs little among thousands.
 */
export class ById<Value> implements ReadonlyMap<string, Value> {
  readonly #ids: readonly string[]
  /** Where an id stands in both lists; shared, as they are, by copies that have the same ids. */
  readonly #places: ReadonlyMap<string, number>
  readonly #values: readonly Value[]

  private constructor(
    ids: readonly string[],
    places: ReadonlyMap<string, number>,
    values: readonly Value[],
  ) {
    this.#ids = ids
    this.#places = places
    this.#values = values
  }

  static of<Value>(map: ReadonlyMap<string, Value>): ById<Value> {
    if (map instanceof ById) return map
    const ids = [...map.keys()]
    return new ById(ids, new Map(ids.map((id, place) => [id, place])), [...map.values()])
  }

  /** The same map but for these values; ids it does not have come last. */
  with(changes: ReadonlyMap<string, Value>): ById<Value> {
    const added = [...changes.keys()].filter((id) => !this.#places.has(id))
    const grown = added.length > 0 ? this.#withIds(added) : this
    const values = this.#values.slice()
    for (const [id, value] of changes) values[grown.#places.get(id) ?? values.length] = value
    return new ById(grown.#ids, grown.#places, values)
  }

  /** The same map, in its order, but for these ids. */
  without(ids: ReadonlySet<string>): ById<Value> {
    return ById.of(new Map([...this].filter(([id]) => !ids.has(id))))
  }

  #withIds(added: readonly string[]): ById<Value> {
    const places = new Map(this.#places)
    for (const id of added) places.set(id, places.size)
    return new ById([...this.#ids, ...added], places, this.#values)
  }

  /** As `get`, and quicker for ids that are asked for in the order of the map. */
  inOrder(): (id: string) => Value | undefined {
    let next = 0
    return (id) => {
      const place = this.#ids[next] === id ? next : this.#places.get(id)
      if (place === undefined) return undefined
      next = place + 1
      return this.#values[place]
    }
  }

  get(id: string): Value | undefined {
    const place = this.#places.get(id)
    return place === undefined ? undefined : this.#values[place]
  }

  has(id: string): boolean {
    return this.#places.has(id)
  }

  get size(): number {
    return this.#ids.length
  }

  keys(): ArrayIterator<string> {
    return this.#ids.values()
  }

  values(): ArrayIterator<Value> {
    return this.#values.values()
  }

  *entries(): Generator<[string, Value], undefined, unknown> {
    for (const [place, value] of this.#values.entries()) {
      const id = this.#ids[place]
      if (id !== undefined) yield [id, value]
    }
  }

  [Symbol.iterator](): Generator<[string, Value], undefined, unknown> {
    return this.entries()
  }

  forEach(tell: (value: Value, id: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [id, value] of this) tell(value, id, this)
  }
}
