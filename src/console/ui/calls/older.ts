/** Ended calls beyond the latest, looked through for the words that are searched for: a stretch at a time. */
import { effect, signal } from '@preact/signals'
import type { CallRow, CallsPage, Told } from '../../../admin/protocol.ts'
import { ask, Refused } from '../api.ts'
import { text } from './text.ts'

/** Ended calls looked through before somebody has to ask again. */
const STRETCH = 10_000

export type Older = {
  readonly found: readonly CallRow[]
  readonly searched: number
  readonly isLooking: boolean
  /** Where to look on; absent when all have been looked through. */
  readonly next?: string | undefined
  readonly problem?: Told | undefined
}

const untouched: Older = { found: [], searched: 0, isLooking: false, next: '' }

/** What has been found of the words so far. */
export const older = signal<Older>(untouched)

// Other words are another search.
effect(() => {
  text.value
  older.value = untouched
})

/** Looks through the next stretch of them. */
export async function lookOn(): Promise<void> {
  const words = text.value
  const until = older.value.searched + STRETCH
  older.value = { ...older.value, isLooking: true, problem: undefined }
  try {
    while (
      older.value.isLooking &&
      older.value.next !== undefined &&
      older.value.searched < until
    ) {
      const page = await ask<CallsPage>(pathOf(words, older.value.next))
      if (text.value !== words) return
      older.value = grown(older.value, page)
    }
  } catch (found) {
    if (found instanceof Refused && text.value === words) {
      older.value = { ...older.value, problem: found }
    }
  }
  if (text.value === words) stopLooking()
}

export function stopLooking(): void {
  older.value = { ...older.value, isLooking: false }
}

function grown(before: Older, { rows, searched = 0, next }: CallsPage): Older {
  const found = [...before.found, ...rows]
  return { ...before, found, searched: before.searched + searched, next }
}

function pathOf(words: string, after: string): string {
  const query = new URLSearchParams({ status: 'ended', text: words })
  if (after !== '') query.set('after', after)
  return `calls?${query}`
}
