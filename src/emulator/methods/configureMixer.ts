import { z } from 'zod'
import { groupCall } from '../permissions.ts'
import { clientContext } from '../schemas.ts'
import { operationSoon } from '../world/operationSoon.ts'
import { callMethod, operationReply } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

const level = z.number().min(0).max(100)

const mixerLevel = z.looseObject({
  participant: z.string().min(1),
  exclusive: z.boolean().nullish(),
  ducking: z
    .looseObject({
      rampActive: z.int().nullish(),
      rampInactive: z.int().nullish(),
      lowerLevel: level.nullish(),
      upperLevel: level.nullish(),
    })
    .nullish(),
  sourceLevels: z
    .array(
      z.looseObject({
        participant: z.string().min(1),
        level: level.nullish(),
        duckOthers: z.boolean().nullish(),
      }),
    )
    .nullish(),
})

/** Beta: sets how loud each participant hears which other. */
export const configureMixer = callMethod({
  name: 'configureMixer',
  verb: 'POST',
  path: '/calls/:callId/participants/configureMixer',
  betaOnly: true,
  permissions: groupCall,
  checked: 'always',
  body: z.looseObject({ participantMixerLevels: z.array(mixerLevel).min(1), clientContext }),
  run: (asked) => {
    const { body, call } = asked
    requireGroup(call)
    requireState(call, 'established')
    const { clientContext } = body
    const operation = operationSoon(call, { type: 'commsOperation', clientContext })
    return operationReply(asked, call, operation)
  },
})
