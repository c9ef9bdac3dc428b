/** A stream of events that is taken up again by itself for as long as somebody looks. */
import { signal } from '@preact/signals'
import { addressOf } from './api.ts'

/** Whether what is shown is live: of all streams that are open, the one that fares worst. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

type Listeners = { readonly [event: string]: (body: string) => void }

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 2_000

const fates = new Map<symbol, typeof connection.value>()

/** Opens a stream at `path()`, asked anew for each attempt; gives what closes it. */
export function openStream(path: () => string, listeners: Listeners): () => void {
  const name = Symbol('stream')
  let source: EventSource | undefined
  let pause = FIRST_PAUSE_MS
  let wake = 0

  function open(): void {
    const opened = new EventSource(addressOf(path()))
    source = opened
    opened.onopen = () => {
      pause = FIRST_PAUSE_MS
      tellFate(name, 'live')
    }
    opened.onerror = () => {
      opened.close()
      tellFate(name, 'lost')
      wake = setTimeout(open, pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
    for (const [event, listen] of Object.entries(listeners)) {
      opened.addEventListener(event, (message: MessageEvent<string>) => listen(message.data))
    }
  }

  tellFate(name, 'connecting')
  open()
  return () => {
    clearTimeout(wake)
    source?.close()
    fates.delete(name)
    showWorst()
  }
}

function tellFate(name: symbol, fate: typeof connection.value): void {
  fates.set(name, fate)
  showWorst()
}

function showWorst(): void {
  const all = [...fates.values()]
  connection.value = all.includes('lost') ? 'lost' : all.includes('live') ? 'live' : 'connecting'
}
