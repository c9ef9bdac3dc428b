/** What stands in a picture of a chart, word for word, in lines short enough for a box. */
import type { ChartTransition } from '../chart.ts'
import { INLINE } from '../names.ts'
import { delaySpan, exactSpan } from '../spans.ts'

/** One line of text; one that goes on from the line before is set in. */
export type Line = { readonly text: string; readonly isMore: boolean }

/** A transition to be told in words, as far as no arrow shows it. */
export type Told = {
  readonly transition: ChartTransition
  /** The state it leaves, seen from where it is told. */
  readonly from?: string | undefined
  /** The state it leads to; `↻` for itself. */
  readonly to?: string | undefined
}

/** Where a transition leads that enters its own state again. */
export const ITSELF = '↻'

/** Characters in a line, unless one word is longer. */
const LINE_LENGTH = 44

/** Transitions as lines, those of one event in the order tried; events treated alike share a line. */
export function linesOf(told: readonly Told[], delays: Delays): readonly Line[] {
  const groups = new Map<string, readonly Told[]>()
  for (const each of told) {
    const { when } = each.transition
    const isAlone = told.filter(({ transition }) => transition.when === when).length === 1
    const key = `${isAlone ? '' : when}\n${each.from}\n${whatOf(each)}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].flatMap((group) => wrapped(sentenceOf(group, delays)))
}

function sentenceOf(group: readonly Told[], delays: Delays): string {
  const whens = group.map(({ transition }) => whenOf(transition.when, delays)).join(', ')
  const [first] = group
  if (!first) return ''
  return `${first.from === undefined ? '' : `${first.from}: `}${whens}${whatOf(first)}`
}

/** How long a chart's named delays are, where that does not depend on the call. */
export type Delays = ReadonlyMap<string, number>

function whenOf(when: string, delays: Delays): string {
  const [, delay] = /^after (.*)$/.exec(when) ?? []
  if (delay === undefined) return when
  const ms = delays.get(delay)
  return `after ${delaySpan(delay)}${ms === undefined ? '' : ` (${exactSpan(ms)})`}`
}

function whatOf({ transition: { guard, actions }, to }: Told): string {
  return [
    guard === undefined ? '' : ` [${inShort(guard)}]`,
    to === undefined ? '' : to === ITSELF ? ` ${ITSELF}` : ` → ${to}`,
    actions.length === 0 ? '' : ` / ${actions.map(inShort).join(', ')}`,
  ].join('')
}

/** `playPrompt {"prompt":"hello.wav"}` as `playPrompt(hello.wav)`; what is not flat stays as it is. */
export function inShort(name: string): string {
  const known = name.replaceAll(` ${INLINE}`, '(…)')
  return known.replaceAll(/(\S+) (\{[^{}]*\})/g, (whole, word: string, json: string) => {
    const values = valuesIn(json)
    return values === undefined ? whole : `${word}(${values.join(', ')})`
  })
}

function valuesIn(json: string): readonly string[] | undefined {
  try {
    return Object.values<unknown>(JSON.parse(json)).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    )
  } catch {
    return undefined
  }
}

/** Text in lines, broken between words. */
export function wrapped(text: string): readonly Line[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((text, index) => ({ text, isMore: index > 0 }))
}
