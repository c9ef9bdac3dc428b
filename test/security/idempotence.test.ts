import { expect, test } from 'vitest'
import { body } from '../graph/fixtures.ts'
import { openDoor, TENANT } from './door.ts'

test('a token replayed with its notification changes nothing', async () => {
  await using door = await openDoor()
  const call = await door.ring()
  expect(call.state).toBe('established')
  const established = JSON.stringify(
    body({
      changeType: 'updated',
      resourceUrl: `/communications/calls/${call.id}`,
      resourceData: { '@odata.type': '#microsoft.graph.call', state: 'established' },
    }),
  )
  const token = await door.tokenOf(TENANT)
  await door.post(established, { token })
  const before = { image: door.image(), asked: door.asked.length }
  for (let replays = 0; replays < 20; replays++)
    expect((await door.post(established, { token })).status).toBe(202)
  expect({ image: door.image(), asked: door.asked.length }).toEqual(before)
})
