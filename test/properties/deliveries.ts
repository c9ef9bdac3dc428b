/** Deliveries: what happened on a call, as it may arrive: late, twice, in another order. */
import fc from 'fast-check'
import type { Told } from './play.ts'

/**
 * One thing that happened. Our own doing, and answers to it, come in order (`own`); a notification comes
 * some time after all of our own doing that is listed before it, and, where the bot waits for it
 * (`awaited`), at least once before what is listed next.
 */
export type Happening = { readonly how: 'own' | 'notified' | 'awaited'; readonly told: Told }

export const own = (told: Told): Happening => ({ how: 'own', told })
export const notified = (told: Told): Happening => ({ how: 'notified', told })
export const awaited = (told: Told): Happening => ({ how: 'awaited', told })

type Copy = readonly [at: number, told: Told]

/** Any order in which all of it may arrive, each notification up to three times. */
export function anyDelivery(happenings: readonly Happening[]): fc.Arbitrary<readonly Told[]> {
  const last = happenings.length
  const late = fc.double({ min: 0, max: 1, noNaN: true })
  const copies = happenings.map(({ how, told }, index): fc.Arbitrary<readonly Copy[]> => {
    if (how === 'own') return fc.constant([[index, told]])
    const from = happenings.slice(0, index).findLastIndex((each) => each.how !== 'notified')
    const at = (share: number): Copy => [from + 0.001 + share * (last - from), told]
    return fc
      .tuple(late, fc.array(late, { maxLength: 2 }))
      .map(([first, more]) => [
        how === 'awaited' ? ([index, told] as const) : at(first),
        ...more.map(at),
      ])
  })
  return fc.tuple(...copies).map((all) =>
    all
      .flat()
      .sort(([one], [other]) => one - other)
      .map(([, told]) => told),
  )
}
