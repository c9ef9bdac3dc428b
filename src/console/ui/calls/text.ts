/** The words that calls are searched for. */
import { signal } from '@preact/signals'

export const text = signal('')
