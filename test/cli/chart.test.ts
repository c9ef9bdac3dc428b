import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { chartsFolder } from '../snapshots/blessed.ts'
import { temporaryFolder } from '../snapshots/folder.ts'
import { bot, callchart, frontDesk } from './callchart.ts'

function chart(...args: readonly string[]) {
  return callchart(['chart', frontDesk, ...args])
}

function blessed(name: string): string {
  return readFileSync(join(chartsFolder, `front-desk.${name}`), 'utf8')
}

describe('callchart chart', () => {
  test('writes Mermaid to the terminal unless another format is asked for', async () => {
    expect(await chart()).toEqual({ code: 0, stdout: blessed('mmd'), stderr: '' })
  })

  test.each([
    ['svg', 'svg'],
    ['stately', 'stately.js'],
  ])('--format %s is what snapshots/charts holds', async (format, file) => {
    expect((await chart('--format', format)).stdout).toBe(blessed(file))
  })

  test('--format json is a configuration that createMachine takes', async () => {
    const { stdout } = await chart('--format', 'json')
    expect(blessed('stately.js')).toContain(`createMachine(${stdout.trimEnd()})`)
    expect(createMachine(JSON.parse(stdout)).id).toBe('front-desk')
  })

  test('--state takes one state of the chart', async () => {
    const { stdout: json } = await chart('--format', 'json', '--state', 'scenario')
    expect(JSON.parse(json)).toMatchObject({ id: 'scenario', initial: 'waiting' })
    const { stdout: svg } = await chart('--format', 'svg', '--state', 'scenario')
    expect(svg).toContain('front-desk · scenario')
    expect(svg).not.toContain('signalling')
  })

  test('--names leaves out what is said at states and arrows', async () => {
    const { stdout } = await chart('--format', 'svg', '--names')
    expect(stdout).toContain('>choosing</text>')
    expect(stdout).not.toContain('tone.received')
  })

  test('--out writes the file and nothing to the terminal', async () => {
    const file = join(temporaryFolder(), 'desk.mmd')
    expect(await chart('--out', file)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(file, 'utf8')).toBe(blessed('mmd'))
  })
})

describe('callchart chart says what is wrong', () => {
  test.each([
    [['--state', 'lobby', '--format', 'svg'], /no state 'lobby'.*signalling, .*scenario/],
    [['--state', 'scenario'], /--state asks for one state.*--format svg/],
    [['--format', 'png'], /mermaid, svg, stately, json/],
    [['--out', join('no', 'such', 'folder', 'x.svg')], /x\.svg cannot be written/],
  ] as const)('%j', async (args, words) => {
    const { code, stdout, stderr } = await chart(...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(words)
  })

  test('of a module with several charts, how to choose one', async () => {
    const { code, stderr } = await callchart(['chart', bot('twoCharts.ts')])
    expect(code).toBe(1)
    expect(stderr).toContain('Choose with --chart')
  })

  test('of a bot with several charts, that each is looked at by itself', async () => {
    const several = bot('severalCharts.ts')
    const { code, stderr } = await callchart(['chart', several])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('The bot has several charts: day, night.'),
    })
    expect((await callchart(['chart', several, '--chart', 'night'])).code).toBe(0)
  })
})
