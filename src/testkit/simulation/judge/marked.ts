/** Every request is marked: what must not be repeated is on the disk as sent before it arrives. */
import { effects, isEffectName } from '../../../../machines/effects.ts'
import type { SimulatedDisk } from '../disk.ts'
import type { Host } from '../network.ts'

export class Marked {
  readonly #disk: SimulatedDisk
  readonly #unmarked: string[] = []

  constructor(disk: SimulatedDisk) {
    this.#disk = disk
  }

  /** Looks, as a request arrives at Graph, how the disk says that it stands. */
  hearing(serve: Host): Host {
    return async (request, text) => {
      await this.#check(request)
      return serve(request, text)
    }
  }

  /** What arrived without its mark. */
  unmarked(): readonly string[] {
    return this.#unmarked
  }

  async #check({ method, url, headers }: Request): Promise<void> {
    const effect = method === 'POST' ? effectAt(new URL(url).pathname) : undefined
    const key = headers.get('scenario-id')
    if (effect === undefined || key === null) return
    const { outbox = [] } = (await this.#disk.look(key)) ?? {}
    const alike = outbox.filter((entry) => entry.effect === effect)
    if (alike.length > 0 && alike.every(({ status }) => status === 'owed')) {
      this.#unmarked.push(`${effect} of call ${key} arrived while the disk says it was never sent.`)
    }
  }
}

/** The effect that a path asks for, where it must not be repeated. */
function effectAt(path: string): string | undefined {
  const [last = ''] = path.split('/').slice(-1)
  const name = last === 'calls' ? 'createCall' : last
  return isEffectName(name) && effects[name].afterDoubt === 'lookFirst' ? name : undefined
}
