/** One bot, many tenants: none reaches into the calls of another. */
import { expect, test } from 'vitest'
import { OTHER_TENANT, openDoor, TENANT } from './door.ts'
import { established, update } from './told.ts'

test.each(['/api/calls', '/api/calls/CALL'])(
  'a call is not told of under a token of another tenant: %s',
  async (path) => {
    await using door = await openDoor()
    const { id } = await door.ring()
    const before = door.image()
    const response = await door.post(established(id), {
      path: path.replace('CALL', id),
      token: await door.tokenOf(OTHER_TENANT),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      refused: [{ callId: id, reason: expect.stringContaining('another tenant') }],
    })
    expect(door.image().equals(before)).toBe(true)
  },
)

test('a call is of the tenant its token names, whatever its body says', async () => {
  await using door = await openDoor()
  const ringing = { state: 'incoming', direction: 'incoming', tenantId: TENANT }
  const mine = await door.tokenOf(OTHER_TENANT)
  await door.post(update('a-new-call', ringing, { changeType: 'created' }), { token: mine })
  const logins = door.asked.filter(({ url }) => url.includes('/oauth2/'))
  expect(logins.at(-1)?.url).toContain(OTHER_TENANT)
  const moved = update('a-new-call', { state: 'establishing', tenantId: TENANT })
  expect((await door.post(moved, { token: mine })).status).toBe(202)
  expect((await door.post(moved)).status).toBe(400)
})
