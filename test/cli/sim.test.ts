import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../src/cli/freePort.ts'
import { callchart, type Running, start } from './callchart.ts'

let emulating: Running
let url: string

async function sim(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await callchart(['sim', ...args, '--url', url])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return stdout
}

beforeAll(async () => {
  const webhook = `http://127.0.0.1:${await freePort()}/api/calls`
  // Nobody answers here, and no call may end of it while slow commands look at it.
  const patient = ['--switch', 'answerTimeoutMs=3600000']
  emulating = start(['emulate', '--port', '0', '--webhook', webhook, ...patient])
  url = await emulating.said(/Graph +(http:\S+)\/v1\.0/)
})
afterAll(async () => {
  expect(await emulating.end('SIGINT')).toBe(0)
})

test('the emulator tells how to point a bot at it, and how to ring', async () => {
  await emulating.said(/export CALLCHART_GRAPH_URL=http/)
  await emulating.said(/npx callchart sim ring --from bob@fabrikam.com --url http/)
})

describe('callchart sim', () => {
  test('rings, acts in the newest call, and lists it', async () => {
    expect(await sim('ring', '--from', 'bob@fabrikam.com')).toContain('incoming')
    await emulating.said(/● bob@fabrikam.com rang/)
    expect(await sim('press', '1')).toContain('nobody heard it')
    expect(await sim('mute')).toContain('bob@fabrikam.com')
    expect(await sim('hangup')).toContain('terminated')
    expect(await sim('calls')).toMatch(/^CALL +STATE +WITH +NOW +RESULT\n[0-9a-f]{8} +terminated/)
  })

  test('prints the record as a timeline and as JSON', async () => {
    await sim('ring', '--from', 'carol@contoso.com')
    expect(await sim('record')).toContain('● carol@contoso.com rang')
    expect(JSON.parse(await sim('record', '--json'))).toContainEqual(
      expect.objectContaining({ kind: 'user', who: 'carol@contoso.com', action: 'rang' }),
    )
  })

  test('sets faults and puts them back', async () => {
    expect(await sim('faults', '--drop', '0.5')).toBe('Faults: drop 0.5.\n')
    expect(await sim('faults')).toBe('Nothing goes wrong any more.\n')
  })

  test.each([
    ['there is no such call', ['hangup', '--call', 'zzz'], "No call's id begins with zzz."],
    ['the clock is real', ['advance', '1000'], 'The clock is the real one'],
    ['no prompt plays', ['finish-prompt'], 'No prompt is playing'],
    ['a dial is out of range', ['faults', '--drop', '7'], 'Give a number from 0 to 1.'],
  ])('says so when %s', async (_, args, said) => {
    const { code, stderr } = await callchart(['sim', ...args, '--url', url])
    expect(stderr).toContain(said)
    expect(code).toBe(1)
  })

  test('says so when no emulator is there', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const { code, stderr } = await callchart(['sim', 'calls', '--url', nowhere])
    expect(stderr).toContain(`No emulator answers at ${nowhere}.`)
    expect(code).toBe(1)
  })
})

test('a switch that does not exist is refused with the one that was meant', async () => {
  const { code, stderr } = await callchart(['emulate', '--switch', 'ringinState=true'])
  expect(stderr).toContain('There is no switch "ringinState".')
  expect(stderr).toContain('Did you mean ringingState?')
  expect(code).toBe(1)
})
