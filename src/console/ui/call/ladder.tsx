/** The timeline as a ladder: Graph, engine and bot, and what went from one to the other. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { LadderEntry, Lane } from '../../../admin/protocol.ts'
import { Card, Pill } from '../parts/basics.tsx'
import { JsonTree } from '../parts/json.tsx'
import { toneOfEffect } from '../parts/tones.ts'
import { exactTime, plural } from '../words.ts'
import { at, goToMoment, moment } from './moment.ts'
import { open, readEarlier } from './open.ts'

type Parts = { readonly timeline: readonly LadderEntry[]; readonly hasEarlier: boolean }

/** So near the end, the reader wants to see what comes. */
const NEAR_END = 60

export function Ladder({ timeline, hasEarlier }: Parts): JSX.Element {
  const list = useRef<HTMLOListElement>(null)
  const isAtEnd = useRef(true)
  const length = timeline.length
  useEffect(() => {
    const box = list.current
    if (box && isAtEnd.current && at.value === undefined) box.scrollTop = box.scrollHeight
  }, [length])
  useEffect(() => {
    if (at.value === undefined) return
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at.value])
  return (
    <Card title="Timeline" class="ladder" note={plural(length, 'entry', 'entries')}>
      <div class="lanes" aria-hidden="true">
        <span />
        <span>Graph</span>
        <span>engine</span>
        <span>bot</span>
      </div>
      <ol
        ref={list}
        class="body"
        tabIndex={0}
        aria-label="Timeline, oldest first"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END
        }}
      >
        {hasEarlier && (
          <li class="earlier">
            <button type="button" onClick={() => void readEarlier()}>
              Earlier entries
            </button>
          </li>
        )}
        {timeline.map((entry) => (
          <Rung key={entry.id} entry={entry} at={at.value} />
        ))}
      </ol>
    </Card>
  )
}

const lanes: readonly Lane[] = ['graph', 'engine', 'bot']

function Rung(props: {
  readonly entry: LadderEntry
  readonly at: number | undefined
}): JSX.Element {
  const isOpen = useSignal(false)
  const { entry } = props
  const { id, sequence, kind, from, to, what, summary, isBad } = entry
  const isHere = sequence === props.at
  const classes = [
    'rung',
    kind,
    isBad ? 'bad' : '',
    isHere ? 'here' : '',
    props.at !== undefined && sequence > props.at ? 'later' : '',
  ]
  return (
    <li class={classes.filter(Boolean).join(' ')} aria-current={isHere ? 'step' : undefined}>
      <button
        type="button"
        class="rungFace"
        aria-expanded={isOpen.value}
        title={`${what}${summary ? `: ${summary}` : ''}`}
        onClick={() => {
          isOpen.value = !isOpen.value
        }}
      >
        <span class="time">{exactTime(entry.atMs)}</span>
        <span class={`way ${wayOf(from, to)}`}>
          <span class="visually-hidden">
            {from} to {to}:{' '}
          </span>
          <span class="label">
            <span class="what">{what}</span>
            <span class="summary">{wordsOf(entry)}</span>
            <Status entry={entry} />
          </span>
          <span class="line" />
        </span>
      </button>
      {isOpen.value && (
        <div class="inside" id={`inside-${id}`}>
          <button type="button" disabled={isHere} onClick={() => goToMoment(sequence)}>
            Show this moment
          </button>
          <Told name="kind" value={`${kind}, ${from} → ${to}, journal entry ${sequence}`} />
          <Told name="command" value={entry.command} />
          <Told name="entered" value={entry.entered.join(', ')} />
          <Told name="left" value={entry.left.join(', ')} />
          <JsonTree name={kind === 'effect' ? 'params' : 'event'} value={entry.payload} isOpen />
        </div>
      )}
    </li>
  )
}

/** Beside its name: what an effect was asked with, and of everything else what came of it. */
function wordsOf({ kind, summary, payload }: LadderEntry): string {
  if (kind !== 'effect') return summary
  if (typeof payload !== 'object' || payload === null) return ''
  const values: readonly unknown[] = Object.values(payload)
  return values.filter((value) => typeof value === 'string').join(' ')
}

/** The status of now, or what was known of it at the moment shown. */
function Status({ entry }: { readonly entry: LadderEntry }): JSX.Element | null {
  const { kind, command } = entry
  if (kind !== 'effect') return null
  const past = at.value === undefined ? undefined : moment.value
  const outbox = past?.outbox ?? open.value?.now.outbox
  const known = outbox?.find(({ id }) => id === command)
  const status = known?.status ?? (past ? undefined : entry.status)
  if (status === undefined) return null
  return (
    <Pill tone={toneOfEffect(status)} title={known && 'why' in known ? known.why : undefined}>
      {status}
    </Pill>
  )
}

function Told(props: { readonly name: string; readonly value: string | undefined }) {
  if (!props.value) return null
  return (
    <p>
      <span class="soft">{props.name}</span> <code>{props.value}</code>
    </p>
  )
}

/** `graph-engine`, or `at-engine` for what stays in its lane. */
function wayOf(from: Lane, to: Lane): string {
  if (from === to) return `at-${from}`
  const isRight = lanes.indexOf(from) < lanes.indexOf(to)
  const [left, right] = isRight ? [from, to] : [to, from]
  return `${left}-${right} ${isRight ? 'right' : 'left'}`
}
