/** Time travel: the call as of a journal entry, as the address names it. */
import { computed, effect, signal } from '@preact/signals'
import type { Moment, Told } from '../../../admin/protocol.ts'
import { ask, Refused } from '../api.ts'
import type { Step } from '../chart/lit.ts'
import { replaceRoute, route } from '../route.ts'
import { lastSequence, open } from './open.ts'
import { playing } from './playing.ts'

/** The moment last found; it stays while the next is looked for. */
export const moment = signal<Moment | undefined>(undefined)
export const momentProblem = signal<Told | undefined>(undefined)

/** The sequence looked at; `undefined` is now. */
export const at = computed(() => (route.value.view === 'call' ? route.value.at : undefined))

/** Where the chart stands that is shown, and how it came there. */
export const shownStates = computed<{
  readonly states: readonly string[]
  readonly step?: Step | undefined
}>(() => {
  const found = moment.value
  if (at.value === undefined || !found) return playing.value
  const { before, states, taken } = found
  return { states, step: { id: `at ${found.sequence}`, before, after: states, taken } }
})

/** The first and last sequence there is to look at. */
export const reach = computed(() => {
  const first = moment.value?.key === open.value?.row.key ? moment.value?.first : undefined
  return { first: first ?? 1, last: Math.max(lastSequence(), first ?? 1) }
})

/** Goes to a moment; beyond the last it is now again. */
export function goToMoment(sequence: number | undefined): void {
  const shown = route.value
  if (shown.view !== 'call') return
  const { first, last } = reach.value
  const to = sequence === undefined ? undefined : Math.min(last, Math.max(first, sequence))
  replaceRoute({ ...shown, at: to })
}

/** Finds the moment of the address for as long as a call is looked at; one question at a time, the newest next. */
export function followMoment(): () => void {
  let isAsking = false
  moment.value = undefined

  async function find(): Promise<void> {
    const shown = route.peek()
    if (isAsking || shown.view !== 'call' || shown.at === undefined) return
    isAsking = true
    try {
      const key = encodeURIComponent(shown.key)
      moment.value = await ask<Moment>(`calls/${key}/at/${shown.at}`)
      momentProblem.value = undefined
    } catch (problem) {
      if (problem instanceof Refused) momentProblem.value = problem
    }
    isAsking = false
    const wanted = route.peek()
    if (wanted.view === 'call' && wanted.at !== shown.at) void find()
  }

  return effect(() => {
    if (at.value === undefined) {
      moment.value = undefined
      momentProblem.value = undefined
    } else void find()
  })
}
