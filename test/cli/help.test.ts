import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/index.ts'
import { callchart } from './callchart.ts'

function helpOf(command: Command): string {
  const written: string[] = []
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp()
  return written.join('')
}

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
