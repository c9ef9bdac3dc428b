/** What the bot's token does not allow is not sent, unless the author says that the tenant knows better. */
import { callChart, callSetup } from 'callchart/machines'
import { emulate, type WorldOptions } from 'callchart/testkit'
import { expect, test } from 'vitest'

const desk = callSetup.extend({
  guards: {
    isMissing: ({ event }) => 'fault' in event && event.fault?.code === 'permission.missing',
  },
})

const scenario = desk.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'recording' } },
    recording: {
      entry: 'recordResponse',
      on: {
        'recording.failed': [{ guard: 'isMissing', target: 'forbidden' }, 'failed'],
        'recording.started': 'recorded',
      },
    },
    forbidden: { entry: 'hangUp' },
    failed: { entry: 'hangUp' },
    recorded: {},
  },
})
const chart = desk.createMachine(callChart({ id: 'recorder', version: '1', scenario }))

async function requestsWith(options: WorldOptions): Promise<readonly string[]> {
  await using world = await emulate(chart, options)
  await world.ring({ from: 'bob@fabrikam.com' })
  await world.settle()
  return world.requests
}

test('an effect without its permission fails before it is sent', async () => {
  expect(await requestsWith({ roles: ['Calls.Initiate.All'] })).toEqual(['answer', 'hangUp'])
})

test('with its permission it is sent', async () => {
  expect(await requestsWith({ roles: ['Calls.AccessMedia.All'] })).toEqual([
    'answer',
    'recordResponse',
  ])
})

test('checkPermissions: false leaves the decision to Graph', async () => {
  const options = { roles: ['Calls.Initiate.All'], checkPermissions: false }
  expect(await requestsWith(options)).toEqual(['answer', 'recordResponse', 'hangUp'])
})
