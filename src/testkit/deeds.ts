/** What is done in a world: a deed that fails while nobody waits for it is told at the world's next await. */

export class Deeds {
  readonly #untold: unknown[] = []

  /** Begins a deed. Whoever waits for it hears of its failure; nobody else is harmed by it before. */
  begin<Result>(act: () => Promise<Result>): Promise<Result> {
    const deed = this.#done(act)
    let isAwaited = false
    deed.catch((error: unknown) => {
      if (!isAwaited) this.#untold.push(error)
    })
    return watched(deed, () => {
      isAwaited = true
    })
  }

  /** Throws what failed first of all that nobody waited for. */
  tell(): void {
    const [error, ...others] = this.#untold.splice(0)
    this.#untold.push(...others)
    if (error !== undefined) throw error
  }

  async #done<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = await act()
    this.tell()
    return result
  }
}

/** The promise, telling when anybody takes an interest in it: to wait for it is to ask for its `then`. */
function watched<Result>(promise: Promise<Result>, isAsked: () => void): Promise<Result> {
  return new Proxy(promise, {
    get: (target, name) => {
      isAsked()
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
