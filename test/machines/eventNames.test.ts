import { describe, expect, test } from 'vitest'
import { type EffectName, effects, isEffectName } from '../../machines/effects.ts'
import { eventNames, isOurs, knowsEvents, outcomesOf } from '../../machines/eventNames.ts'
import { privateParts } from '../../machines/index.ts'
import { operationOutcome, outcomeOf } from '../../src/engine/settlement.ts'

const names = Object.keys(effects).filter(isEffectName)
const fault = { status: 500, code: 'x', message: '', fix: '' }

/** Every event the engine makes of anything that can become of an effect. */
function told(effect: EffectName): readonly string[] {
  return [
    outcomeOf(effect, 'c', { kind: 'failed', fault }),
    outcomeOf(effect, 'c', { kind: 'inDoubt' }),
    outcomeOf(effect, 'c', { kind: 'answered', answer: {} }),
    ...(effects[effect].success === 'operation'
      ? ['running', 'completed', 'failed', 'cancelled'].map((status) =>
          operationOutcome(effect, 'c', {
            status,
            ...(status === 'cancelled' && { completionReason: 'operationCanceled' }),
          }),
        )
      : []),
  ].flatMap(({ events }) => events.map(({ type }) => type))
}

describe('effects', () => {
  test.each(names)('what becomes of %s is told by events a chart can listen to', (effect) => {
    const outcomes = outcomesOf(effect)
    expect(outcomes).toEqual(expect.arrayContaining([...told(effect)]))
    expect([...eventNames]).toEqual(expect.arrayContaining([...outcomes]))
  })

  test('two effects share a noun only where one is the beta of the other', () => {
    const shared = names.filter((one) =>
      names.some((other) => other !== one && effects[other].noun === effects[one].noun),
    )
    expect(shared.sort()).toEqual(['record', 'recordResponse'])
  })

  test('what Graph would do twice is looked for first, and what it could not undo is dropped', () => {
    const rules = Object.entries<{ afterDoubt: string; unresolved: string }>(effects)
    const once = rules.filter(([, { afterDoubt }]) => afterDoubt === 'lookFirst')
    expect(once.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'createCall',
        'invite',
        'playPrompt',
        'recordResponse',
        'transfer',
        'redirect',
        'sendDtmfTones',
      ]),
    )
    expect(effects.createCall.unresolved).toBe('drop')
    expect(effects.sendDtmfTones.unresolved).toBe('drop')
  })

  test('words that name no effect are told from those that do', () => {
    expect([isEffectName('answer'), isEffectName('toString'), isEffectName('anser')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('names of events', () => {
  test('are a noun and a participle', () => {
    for (const name of eventNames) expect(name).toMatch(/^[a-z]\w+\.[a-z]\w+$/)
  })

  test('whose first word is ours are ours, and only those that exist are known', () => {
    expect([isOurs('prompt.complete'), knowsEvents('prompt.complete')]).toEqual([true, false])
    expect([isOurs('order.found'), isOurs('*')]).toEqual([false, false])
    expect([knowsEvents('prompt.completed'), knowsEvents('prompt.*')]).toEqual([true, true])
  })

  test('with private parts are known', () => {
    for (const name of Object.keys(privateParts)) expect(knowsEvents(name)).toBe(true)
  })
})
