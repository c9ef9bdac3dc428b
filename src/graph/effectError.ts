/** The error of an effect that Graph would refuse, found before it is sent. */
import type { EffectName } from '../../machines/effects.ts'
import { CallchartError } from '../errors.ts'

/** Thrown when an effect's parameters break a documented rule; names the field and the limit. */
export class EffectError extends CallchartError {
  readonly effect: EffectName
  readonly field: string

  constructor(
    effect: EffectName,
    field: string,
    reason: string,
    fix = `Mend the parameters of "${effect}" in the chart; nothing was sent to Graph.`,
  ) {
    super({
      code: 'effect.invalid',
      what: `Effect "${effect}", field "${field}": ${reason}.`,
      fix,
    })
    this.effect = effect
    this.field = field
  }
}
