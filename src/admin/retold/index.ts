/**
 * A call retold: a test that does again what people did in it, under other names, and expects what the bot did.
 *
 * May import: what admin/ may.
 * Read: cast (other names), begun, people, recorded and facts (who did what), beginning and script (in order, as
 * code), then this file.
 * Not here: a world to play it in. That is the testkit's, and the test's own.
 */
import { isEffectName, isJoinEffect } from '../../../machines/effects.ts'
import { decodeEvent, type OutboxEntry } from '../../../snapshots/index.ts'
import { codeOf, identifierOf } from '../../code.ts'
import { statesOf } from '../../engine/group.ts'
import { Refusal } from '../answers.ts'
import type { CallTest } from '../protocol.ts'
import { type Evidence, type Retraced, retrace } from '../retrace.ts'
import { canBegin } from './begun.ts'
import { Cast, type Disguise } from './cast.ts'
import { gave, isResult, providing } from './results.ts'
import { type Script, scriptOf } from './script.ts'

export type ToldCall = {
  readonly key: string
  readonly chartId: string
  readonly evidence: Evidence
  readonly steps: readonly Retraced[]
}

/** Writes the test. Throws 409 for a call that begins in a way no test can begin one. */
export async function retell(call: ToldCall): Promise<CallTest> {
  const [first] = call.steps
  if (!first || !canBegin(first)) throw cannotBegin(call.key)
  const { cast, ...kept } = await disguised(call)
  const script = scriptOf(call.steps, call.evidence.outbox, cast)
  const leftOut = [...script.leftOut, ...reservations(call, script, kept)]
  return {
    name: `${call.chartId}.${shortName(call.key)}.test.ts`,
    text: fileOf(call, script, leftOut),
    leftOut,
  }
}

/** How much of a call stands as it was, the least first. */
const disguises = [
  ['whole', false],
  ['whole', true],
  ['domainKept', false],
  ['domainKept', true],
] as const

type Disguised = {
  readonly cast: Cast
  readonly disguise: Disguise
  readonly keepsResults: boolean
}

/** Names and words of which the chart makes the same: the most different ones that do. */
async function disguised(call: ToldCall): Promise<Disguised> {
  for (const [disguise, keepsResults] of disguises) {
    const ownOfChart = new Set<string>()
    for (let isNew = true; isNew; ) {
      const cast = castOf(call, new Cast(disguise, keepsResults, ownOfChart))
      const replay = await replayed(call, cast)
      const own = ownAddresses(replay, cast).filter((address) => !ownOfChart.has(address))
      for (const address of own) ownOfChart.add(address)
      isNew = own.length > 0
      const isFit = isSame(call.steps, replay) && !asksForWords(replay, cast)
      if (!isNew && isFit) return { cast, disguise, keepsResults }
    }
  }
  return { cast: new Cast('none', true, new Set()), disguise: 'none', keepsResults: true }
}

/** Everybody of the call, in the order in which they appear. */
function castOf(call: ToldCall, cast: Cast): Cast {
  scriptOf(call.steps, call.evidence.outbox, cast)
  return cast
}

/** What the chart makes of the call when everybody has another name. */
function replayed({ evidence, steps }: ToldCall, cast: Cast): Promise<readonly Retraced[]> {
  const journal = evidence.journal.map((entry, index) => {
    const heard = steps[index]?.heard ?? decodeEvent(entry.event)
    const other = isResult(heard) ? cast.result(heard) : cast.disguised(heard)
    // The key that was tried goes along: without it the chart would do nothing.
    return { ...entry, event: JSON.stringify(other) }
  })
  return retrace({ ...evidence, journal, snapshot: undefined, outbox: [], trusts: true })
}

/** Addresses that the chart asks for although nobody has them any more: they stand in its own code. */
function ownAddresses(replay: readonly Retraced[], cast: Cast): readonly string[] {
  const asked = askedOfGraph(replay)
  return cast.originals.filter((address) => asked.includes(JSON.stringify(address)))
}

/** Whether Graph would be asked for something that was made up, and would not know what to do with it. */
function asksForWords(replay: readonly Retraced[], cast: Cast): boolean {
  const asked = askedOfGraph(replay)
  return cast.words.some((word) => asked.includes(String(word)))
}

function askedOfGraph(replay: readonly Retraced[]): string {
  const commands = replay.flatMap(({ turn }) => turn?.commands ?? [])
  const asked = commands.filter(({ effect }) => effect !== 'invoke').map(({ params }) => params)
  return JSON.stringify(asked).toLowerCase()
}

function isSame(some: readonly Retraced[], others: readonly Retraced[]): boolean {
  return some.every(({ turn }, index) => {
    const other = others[index]?.turn
    return outcomeOf(turn) === outcomeOf(other)
  })
}

function outcomeOf(turn: Retraced['turn']): string {
  if (!turn) return ''
  const { group, commands, timers } = turn
  const due = timers.map(({ id, delayMs }) => [id, delayMs])
  return JSON.stringify([statesOf(group.call), commands.map(({ effect }) => effect), due])
}

function reservations(
  { steps }: ToldCall,
  { isRace, results }: Script,
  { disguise, keepsResults }: Omit<Disguised, 'cast'>,
): readonly string[] {
  const isSo = (certainty: Retraced['certainty']) =>
    steps.some((step) => step.event.type === 'tone.reported' && step.certainty === certainty)
  const isUnsure = steps.some(({ certainty }) => certainty === 'unsure')
  return [
    ...(disguise === 'domainKept'
      ? ['the chart looks at domains: these stand as they were, names do not']
      : []),
    ...(disguise === 'none' ? ['the chart looks at addresses: they stand as they were'] : []),
    ...(keepsResults && results.size > 0
      ? ['the chart looks at what promise logic came out with: it stands as it was, read it']
      : []),
    ...(isSo('inferred')
      ? ['keys are not kept: those stand here that the chart treats as it treated those pressed']
      : []),
    ...(isRace ? ['what the bot asks while Graph ends the call, which may be too late'] : []),
    ...(isUnsure ? ['the call cannot be replayed whole: some keys are not known'] : []),
  ]
}

function fileOf(call: ToldCall, script: Script, leftOut: readonly string[]): string {
  const chart = identifierOf(call.chartId)
  const expected = requestsOf(call.evidence.outbox)
  const provides = script.results.size > 0
  const body = [
    `await using world = await emulate(${providing(chart, script.results)})`,
    ...script.lines,
    ...(isOver(call.steps)
      ? ["await world.until('the call has ended', () => call.state === 'terminated')"]
      : []),
    `expect(${requestsCode(call.evidence.outbox, script)}).toEqual(${codeOf(expected)})`,
  ]
  return [
    `/** A call of the chart ${call.chartId}, as people made it; everybody has another name. */`,
    ...leftOut.map((what) => `// Not as it was: ${what}.`),
    "import { emulate } from 'callchart/testkit'",
    "import { expect, test } from 'vitest'",
    ...(provides ? ["import { fromPromise } from 'xstate'"] : []),
    `import { ${chart} } from './chart.ts'`,
    '',
    ...(provides ? [...gave, ''] : []),
    `test(${codeOf(titleOf(call))}, async () => {`,
    ...spared(body).map((line) => `  ${line}`),
    '})',
    '',
  ].join('\n')
}

/** A call that nothing is done with needs no name. */
function spared(lines: readonly string[]): readonly string[] {
  const isUsed = lines.some((line) => /\bcall\./.test(line.replace(/world\.call\(/, '')))
  return isUsed ? lines : lines.map((line) => line.replace('const call = await', 'await'))
}

function titleOf({ key, chartId, steps }: ToldCall): string {
  const last = steps.findLast(({ turn }) => turn)?.turn?.group
  const place = last
    ? statesOf(last.call).find((state) => /^scenario(\.|$)/.test(state))
    : undefined
  return `call ${shortName(key)} of ${chartId} comes to ${place ?? 'its end'}`
}

/** Enough of a key to find the call by; a key says nothing of a person. */
function shortName(key: string): string {
  return key.replaceAll(/\W/g, '').slice(0, 8)
}

function isOver(steps: readonly Retraced[]): boolean {
  return steps.some(({ event }) => event.type === 'callState.terminated')
}

/** What only looks, Graph's record does not count. */
const looking: ReadonlySet<string> = new Set([
  'getCall',
  'listParticipants',
  'getParticipant',
  'listContentSharingSessions',
  'getContentSharingSession',
  'listAudioRoutingGroups',
  'getAudioRoutingGroup',
])

/** What the bot asked of Graph; how often it told that it is there depends on the hour. */
function requestsOf(outbox: readonly OutboxEntry[]): readonly string[] {
  return outbox
    .filter(({ effect, status, operationId }) => {
      const isSent = operationId !== undefined || (status !== 'dropped' && status !== 'owed')
      return isAsked(effect) && isSent
    })
    .map(({ effect }) => effect)
}

/** Where time went by, the bot told Graph every quarter of an hour that it is there. */
function requestsCode(outbox: readonly OutboxEntry[], { callsAnew, isRace }: Script): string {
  const beats = outbox.some(({ effect }) => effect === 'keepAlive')
  return [
    callsAnew ? 'call.requests' : 'world.requests',
    ...(beats ? [".filter((request) => request !== 'keepAlive')"] : []),
    ...(isRace ? [`.slice(0, ${requestsOf(outbox).length})`] : []),
  ].join('')
}

function isAsked(effect: string): boolean {
  if (!isEffectName(effect) || isJoinEffect(effect)) return false
  return !looking.has(effect) && effect !== 'keepAlive'
}

function cannotBegin(key: string): Refusal {
  return new Refusal(409, {
    code: 'call.notRetold',
    what: `Call '${key}' was placed without targets and without a meeting's token, joinMeetingId, or thread and organizer: nothing says whom to call again.`,
    fix: 'Write the test by hand, with world.call and the request of this call.',
  })
}
