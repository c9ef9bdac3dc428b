/** What the engine says of itself. */
import { signal } from '@preact/signals'
import type { About, ChartsPage } from '../../admin/protocol.ts'
import { access, ask, Refused } from './api.ts'
import { setClock } from './clock.ts'

export const about = signal<About | undefined>(undefined)
export const charts = signal<ChartsPage['charts']>([])

/** Asks anew; a page that is not let in learns it here. */
export async function readAbout(): Promise<void> {
  try {
    const told = await ask<About>('about')
    about.value = told
    setClock(told.nowMs)
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 404) access.value = 'absent'
    return
  }
  await ask<ChartsPage>('charts').then(
    (page) => {
      charts.value = page.charts
    },
    // Asked again with the next question of who the engine is.
    () => {},
  )
}
