import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { faultKinds } from '../../src/testkit/simulation/index.ts'
import { bot, callchart } from './callchart.ts'

const busy = fileURLToPath(new URL('../simulation/bot.ts', import.meta.url))

function simulate(...args: readonly string[]) {
  return callchart(['simulate', busy, ...args])
}

function lastLine({ stdout }: { readonly stdout: string }) {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

describe('simulate --dial', () => {
  test('a kind that is turned off never strikes, and another meaning of the seeds has another hash', async () => {
    const off = Object.keys(faultKinds).flatMap((kind) => ['--dial', `${kind}=0`])
    const seeds = ['--seed', '1', '--runs', '2', '--json']
    const [quiet, usual] = [await simulate(...seeds, ...off), await simulate(...seeds)]
    expect(lastLine(quiet)).toMatchObject({ runs: 2, faults: {} })
    expect(Object.keys(lastLine(usual).faults)).not.toEqual([])
    expect(lastLine(quiet).hash).not.toBe(lastLine(usual).hash)
  })

  test('the command that replays a failure carries the dials it was found with', async () => {
    const dials = ['--dial', 'crash=0', '--dial', 'duplicate=9']
    const { stdout, code } = await simulate('--runs', '1', '--sabotage', 'neverEndACall', ...dials)
    const [, replay = ''] = /npx callchart simulate \S+ (.*)/.exec(stdout) ?? []
    expect(code).toBe(1)
    expect(replay).toMatch(/^--seed 1 --keep [\d,]* --dial crash=0 --dial duplicate=9 --sabotage/)
    const replayed = await simulate(...replay.split(' '))
    // A call that never ends also keeps its mailbox: further promises may be broken with this one.
    const invariants = expect.arrayContaining(['everyCallEnds'])
    expect(lastLine(replayed).failures).toMatchObject([{ seed: 1, invariants }])
    expect(stdout).toMatch(
      /^\d+ calls in \d+ simulated hours \(1 runs?\): promises were broken, \d+ in all\.$/m,
    )
  })

  test.each(['crsh=1', 'crash', 'crash=-1', 'crash=often', '=', 'toString=1'])(
    '%s is refused, and every kind is named',
    async (dial) => {
      const { stderr, code } = await simulate('--dial', dial)
      expect(code).toBe(1)
      for (const kind of Object.keys(faultKinds)) expect(stderr).toContain(kind)
    },
  )

  test('--help names every kind', async () => {
    const { stdout } = await simulate('--help')
    for (const kind of Object.keys(faultKinds)) expect(stdout).toContain(`${kind}=`)
  })
})

test('two processes come to the same hash of everything, whatever they have run before', async () => {
  const [one, other] = await Promise.all([
    simulate('--seed', '1', '--runs', '8', '--json'),
    simulate('--seed', '1', '--runs', '8', '--json'),
  ])
  expect(lastLine(one).hash).toMatch(/^[\da-f]{64}$/)
  expect(lastLine(other).hash).toBe(lastLine(one).hash)
})

test('a bot of several charts is simulated as a whole', async () => {
  const { stdout, code } = await callchart(['simulate', bot('severalCharts.ts'), '--runs', '3'])
  expect(code).toBe(0)
  expect(lastLine({ stdout })).toMatchObject({ runs: 3, violations: 0 })
})
