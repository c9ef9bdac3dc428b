/** What stands in more than one view: pills, empty places, problems. */
import type { ComponentChildren, JSX } from 'preact'
import type { Told } from '../../../admin/protocol.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'plain' | ''

export function Pill(props: {
  readonly tone: Tone
  readonly title?: string | undefined
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <span class={`pill ${props.tone}`} title={props.title}>
      {props.children}
    </span>
  )
}

/** Nothing to show, why, and what would change that. */
export function Empty(props: {
  readonly title: string
  readonly children?: ComponentChildren
}): JSX.Element {
  return (
    <div class="empty">
      <strong>{props.title}</strong>
      {props.children}
    </div>
  )
}

/** What is wrong and what to do. */
export function ProblemBox({ problem }: { readonly problem: Told }): JSX.Element {
  return (
    <div class="problem" role="alert">
      <strong>{problem.what}</strong>
      <span class="fix">{problem.fix}</span>
      <code class="soft">{problem.code}</code>
    </div>
  )
}

/** A part of a view, with a name that readers of the screen can jump to. */
export function Card(props: {
  readonly title: string
  readonly note?: ComponentChildren
  readonly class?: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <section class={`card ${props.class ?? ''}`} aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        {props.note !== undefined && <span class="note">{props.note}</span>}
      </header>
      {props.children}
    </section>
  )
}
