/** Below the search: how far it goes by itself, and the way further. */
import type { JSX } from 'preact'
import { ProblemBox } from '../parts/basics.tsx'
import { count, plural } from '../words.ts'
import { status } from './chosen.ts'
import { rows, totals, version } from './live.ts'
import { lookOn, older, stopLooking } from './older.ts'
import { text } from './text.ts'

export function OlderCalls(): JSX.Element | null {
  version.value
  const ended = totals.value?.counts.ended ?? 0
  const listed = [...rows.values()].filter((row) => row.status === 'ended').length
  if (text.value.trim() === '' || status.value === 'live' || ended <= listed) return null
  const { problem, isLooking, next } = older.value
  return (
    <>
      <p class="older soft" role="status">
        {wordsOf(ended, listed)}
        {isLooking ? (
          <button type="button" onClick={stopLooking}>
            Stop
          </button>
        ) : (
          next !== undefined && (
            <button type="button" onClick={() => void lookOn()}>
              {next === '' ? 'Look through older ones' : 'Look further back'}
            </button>
          )
        )}
      </p>
      {problem && <ProblemBox problem={problem} />}
    </>
  )
}

function wordsOf(ended: number, listed: number): string {
  const { searched, found, next } = older.value
  if (searched === 0 && found.length === 0) {
    return `Searched: what is live, and the latest ${count(listed)} of ${count(ended)} that ended. Older ones have no index and are read one by one.`
  }
  if (searched === 0) return 'Found among those that ended: a key and an id of Graph have an index.'
  const told = `${plural(found.length, 'call')} found.`
  if (next === undefined) {
    return `Looked through all that ended, ${plural(searched, 'call')}: ${told}`
  }
  return `Looked through ${count(searched)} of ${plural(ended, 'call')} that ended, the newest first: ${told}`
}
