/** How effects fail that Graph did not refuse: each says what to do about it. */

import type { EffectName } from '../../machines/effects.ts'
import type { GraphFault } from '../../machines/words.ts'
import { reasonOf } from '../errors.ts'
import { EffectError } from '../graph/index.ts'
import { OPERATION_LIMIT_MS } from './rules.ts'

/** A request that could not even be written: the chart's parameters are at fault. */
export function ownFaultOf(error: unknown): GraphFault {
  const isOurs = error instanceof EffectError
  const message = reasonOf(error)
  return {
    status: 0,
    code: isOurs ? error.code : 'invalid',
    message,
    fix: isOurs ? error.fix : 'Correct the effect in the chart.',
  }
}

/** Under another app's token Graph would refuse it, and say less. */
export function unknownAppFault(appId: string | undefined): GraphFault {
  return {
    status: 0,
    code: 'unknownApp',
    message: `The call is of app ${appId}, which this bot does not bring.`,
    fix: 'Give that app to one of the charts, or to the configuration, until its calls have ended.',
  }
}

export function unresolvedFault(effect: EffectName): GraphFault {
  return {
    status: 0,
    code: 'unresolved',
    message: `Whether Graph did '${effect}' could not be found out, and its rule is not to send it twice.`,
    fix: `Ask again if it is safe, or set unresolved: { ${effect}: 'resend' } for the bot.`,
  }
}

export function unendedFault(effect: EffectName): GraphFault {
  return {
    status: 0,
    code: 'operationLost',
    message: `Graph started '${effect}' but did not report its end within ${OPERATION_LIMIT_MS / 60_000} minutes.`,
    fix: 'Its notification was probably lost: go on as if it had ended, or ask again.',
  }
}
