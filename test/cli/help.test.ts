import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/index.ts'
import { callchart, frontDesk } from './callchart.ts'

function helpOf(command: Command): string {
  const written: string[] = []
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp()
  return written.join('')
}

const ours = createProgram().commands
const all = ours.flatMap((command) => [command, ...command.commands])

describe('callchart --help', () => {
  test('lists every command', async () => {
    const { code, stdout } = await callchart(['--help'])
    expect(code).toBe(0)
    for (const name of ['start', 'serve', 'emulate', 'sim', 'simulate', 'chart', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  test.each(createProgram().commands)('$_name tells its options and gives examples', (command) => {
    const help = helpOf(command)
    expect(help).toContain('Examples:')
    expect(help).toContain(command.description())
  })

  test.each([createProgram(), ...all])('$_name fits 80 columns', (command) => {
    const help = helpOf(command.configureHelp({ ...command.configureHelp(), helpWidth: 80 }))
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([])
    // A description that has no room beside its term is not wrapped at all.
    expect(help).toContain(command.description().slice(0, 40))
  })

  test('serve names every variable that configures it', () => {
    const serve = createProgram().commands.find((command) => command.name() === 'serve')
    const help = serve ? helpOf(serve) : ''
    for (const name of [
      'PORT',
      'PUBLIC_URL',
      'DATABASE',
      'RETENTION_DAYS',
      'APP_ID',
      'APP_SECRET',
      'APP_CERTIFICATE',
      'TENANT_ID',
      'TENANTS',
      'GRAPH_URL',
      'LOGIN_URL',
      'KEYS_URL',
      'ISSUERS',
      'HOST',
    ])
      expect(help).toContain(name)
  })

  test('sim lists every deed', () => {
    const sim = createProgram().commands.find((command) => command.name() === 'sim')
    expect(sim?.commands.map((command) => command.name())).toEqual(
      expect.arrayContaining([
        'ring',
        'press',
        'hangup',
        'join',
        'escalate',
        'leave',
        'share',
        'mute',
        'unmute',
        'finish-prompt',
        'calls',
        'record',
        'advance',
        'faults',
      ]),
    )
  })

  test('an unknown command and an unknown option end with 1', async () => {
    expect((await callchart(['sevre'])).stderr).toContain('Did you mean serve?')
    const { code, stderr } = await callchart(['serve', '--verbos'])
    expect(code).toBe(1)
    expect(stderr).toContain('--verbose')
  })

  test.each([
    ['start', '--port', 'abc', 'Give a whole number from 0 to 65535.'],
    ['start', '--press', 'x1', 'Give keys of a dial pad: 0-9, *, #, A-D.'],
    ['start', '--from', '', 'Give user@domain, + and digits, or an object id (GUID).'],
    ['emulate', '--port', '70000', 'Give a whole number from 0 to 65535.'],
    ['serve', '--drain-seconds', '-1', 'Give a number from 0 on.'],
    ['simulate', '--keep', '1,x', 'Give a whole number from 0 on.'],
    ['coverage', '--states', '101', 'Give a number from 0 to 100.'],
    ['faults', '--drop', '3', 'Give a number from 0 to 1.'],
    ['calls', '--limit', '0', 'Give a whole number from 1 to 500.'],
  ])('%s %s %j is refused, and told why', (name, long, value, why) => {
    const command = all.find(
      (each) => each.name() === name && each.options.some((o) => o.long === long),
    )
    const option = command?.options.find((each) => each.long === long)
    expect(() => option?.parseArg?.(value, undefined)).toThrow(why)
  })

  test('a value that is refused is told in a sentence, without a stack', async () => {
    const { code, stdout, stderr } = await callchart(['start', frontDesk, '--port', 'abc'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^callchart: Option '--port <port>' argument 'abc' is invalid\./)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

test('an old Node is told so, and nothing else happens', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`
  const { code, stdout, stderr } = await callchart(['--help'], {
    node: ['--import', `data:text/javascript,${encodeURIComponent(old)}`],
  })
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('needs Node 22.18 or newer, and this is Node 20.19.0')
})
