/** Keys as they stand on a dial pad, and as Graph calls the tones they make. */
import type { ToneInfo } from '../words.ts'

const toneOfKey = {
  0: 'tone0',
  1: 'tone1',
  2: 'tone2',
  3: 'tone3',
  4: 'tone4',
  5: 'tone5',
  6: 'tone6',
  7: 'tone7',
  8: 'tone8',
  9: 'tone9',
  '*': 'star',
  '#': 'pound',
} as const

/** A key of the dial pad: `'1'`, `'*'`, `'#'`. */
export type Key = `${keyof typeof toneOfKey}`

/** The guard that a key was pressed. */
export function pressed(key: Key) {
  return { type: 'toneIs', params: { tone: toneOfKey[key] } } as const
}

/** The states that keys lead to: `{ 1: 'desk', 2: 'hours' }`. */
export type Choices = { readonly [Each in Key]?: string }

/** Where each key leads, as transitions on a tone. */
export function leading(choices: Choices) {
  return Object.entries(choices).flatMap(([key, target]) =>
    isKey(key) ? [{ guard: pressed(key), target }] : [],
  )
}

/** Whether a word is a key, which TypeScript tells but JavaScript does not. */
export function isKey(word: string): word is Key {
  return Object.hasOwn(toneOfKey, word)
}

/** The digit a tone stands for, if it is one. */
export function digitOf({ tone }: ToneInfo): string | undefined {
  return /^tone(\d)$/.exec(tone)?.[1]
}
