/** What the contestants that are not Callchart do at the door: check a token, read a body. */
import { createLocalJWKSet, jwtVerify } from 'jose'
import { z } from 'zod'
import { callStates } from '../../machines/words.ts'
import { ISSUER, type Login } from '../login.ts'
import { APP_ID } from '../traffic.ts'

/** What a notification says, as far as this traffic goes. */
export type Heard = { readonly callId: string; readonly state: string }

const bodySchema = z.object({
  value: z.array(
    z.object({
      changeType: z.enum(['created', 'updated', 'deleted']),
      resourceUrl: z.string().regex(/^\/communications\/calls\/[0-9a-f-]{36}$/),
      resourceData: z.object({ state: z.enum(callStates) }),
    }),
  ),
})

const URL_START = '/communications/calls/'.length

/** Parses and validates; throws what is wrong. */
export function heardIn(text: string): readonly Heard[] {
  const { value } = bodySchema.parse(JSON.parse(text))
  return value.map(({ resourceUrl, resourceData }) => ({
    callId: resourceUrl.slice(URL_START),
    state: resourceData.state,
  }))
}

/** Checks the token; one that was good is good until it expires. */
export function createDoor({ jwk }: Login): (authorization: string) => Promise<void> {
  const keys = createLocalJWKSet({ keys: [jwk] })
  let known = ''
  let expiresAtMs = 0
  return async (authorization) => {
    if (authorization === known && Date.now() < expiresAtMs) return
    const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, {
      algorithms: ['RS256'],
      issuer: ISSUER,
      audience: APP_ID,
    })
    known = authorization
    expiresAtMs = (payload.exp ?? 0) * 1_000
  }
}
