/** What is in deploy/ does what docs/guides/deploying.md says. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { emulatedBot, emulatedEnvironment } from '../../src/cli/emulated.ts'
import { freePort } from '../../src/cli/freePort.ts'
import { createEmulator } from '../../src/emulator/index.ts'
import { readFiles, root } from '../repository.ts'
import { build, pinned } from './containerfile.ts'

const place = mkdtempSync(join(tmpdir(), 'callchart-deploy-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const units = readFiles().filter(({ path }) => /^deploy\/.*\.(service|timer)$/.test(path))

describe('the units of systemd', () => {
  test('hold a section each line belongs to, and stop a bot by handing over', () => {
    const bot = units.find(({ path }) => path.endsWith('callchart@.service'))?.text ?? ''
    const seconds = (name: string) => Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(bot)?.[1])
    // SIGTERM is what serve hands over at; it takes 2 s for requests under way and some for what memory holds.
    expect(bot).not.toMatch(/^KillSignal=/m)
    expect(seconds('TimeoutStopSec')).toBeGreaterThan(10)
    expect(bot).toMatch(/^ExecStart=.* serve bot\.ts .*--wait-seconds/m)
  })

  test('are sound to systemd', () => {
    const folder = join(place, 'units')
    mkdirSync(folder)
    const names = units.map(({ path, text }) => {
      const name = path.replace('deploy/', '').replace('@.', '@a.')
      writeFileSync(join(folder, name), text.replaceAll('/usr/bin/node', process.execPath))
      return name
    })
    const { error, stderr } = spawnSync('systemd-analyze', ['verify', ...names], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ error, stderr }).toEqual({ error: undefined, stderr: '' })
  })
})

describe('the Containerfile, step by step in folders', () => {
  const context = join(place, 'my-bot')

  beforeAll(() => {
    mkdirSync(context)
    npm(['pack', '--loglevel=error', '--pack-destination', place], root)
    const tarball = join(place, `${packageFile.name}-${packageFile.version}.tgz`)
    const manifest = {
      private: true,
      type: 'module',
      dependencies: { callchart: `file:${tarball}` },
    }
    writeFileSync(join(context, 'package.json'), JSON.stringify(manifest))
    npm(['install', '--package-lock-only', '--prefer-offline', '--no-audit', '--no-fund'], context)
    const chart = readFileSync(join(root, 'examples', 'front-desk', 'chart.ts'), 'utf8')
    writeFileSync(join(context, 'bot.ts'), chart)
  })

  test('makes a bot that takes a call, is healthy and hands over at SIGTERM', async () => {
    const image = build(join(root, 'deploy', 'Containerfile'), context, place)
    const port = await freePort()
    const publicUrl = `http://127.0.0.1:${port}`
    await using emulator = createEmulator({
      apps: [{ ...emulatedBot, webhook: `${publicUrl}/api/calls` }],
    })
    const [program = '', ...args] = image.command
    const env = {
      ...pinned(),
      ...image.environment,
      ...emulatedEnvironment({ emulatorUrl: await emulator.listen(), publicUrl }),
      PORT: String(port),
    }
    const bot = spawn(program, args, { cwd: image.folder, env })
    onTestFinished(() => void bot.kill('SIGKILL'))
    const gone = once(bot, 'exit')
    await new Promise<void>((resolve) => {
      bot.stdout.on('data', (said) => String(said).includes('"listening"') && resolve())
    })
    const transferred = new Promise<void>((resolve) => {
      emulator.events((entry) => {
        if (entry.kind === 'request' && entry.method === 'transfer') resolve()
      })
    })
    emulator.ring({ from: 'ann@contoso.com' })
    await transferred
    const [check = '', ...rest] = image.healthCheck
    expect(spawnSync(check, rest, { env }).status).toBe(0)
    bot.kill('SIGTERM')
    expect((await gone)[0]).toBe(0)
    expect(spawnSync(check, rest, { env }).status).toBe(1)
    expect(existsSync(join(image.folder, 'data', 'calls.db'))).toBe(true)
  })
})

function npm(args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' })
  expect(status, `npm ${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
}
