/** Chance that one seed replays. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export class Chance {
  readonly #generator

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
  }

  /** A whole number from 0 to `most`. */
  upTo(most: number): number {
    return uniformInt(this.#generator, 0, most)
  }

  /** One of these, each as likely. */
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[this.upTo(choices.length - 1)] ?? choices[0]
  }
}
