/** What every command of `callchart sim` prints for programs. */
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { simCommand } from '../../src/cli/sim/index.ts'
import { AheadClock } from '../../src/cli/world/aheadClock.ts'
import { SimulatedClock } from '../../src/clock.ts'
import { createEmulator, type Emulator, noFaults } from '../../src/emulator/index.ts'
import { keys } from '../engine/rig.ts'

const webhook = 'http://127.0.0.1:1/api/calls'
const apps = [{ id: '5a5a0000-1111-4222-8333-444455556666', webhook }]
let emulator: Emulator
let url = ''
let shown: string[] = []

beforeEach(async () => {
  shown = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => shown.push(line))
  const clock = new AheadClock(new SimulatedClock(1_000))
  const advance = (ms: number) => clock.advance(ms, async () => {})
  emulator = createEmulator({ clock, advance, apps, keys })
  url = await emulator.listen()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await emulator.close()
})

async function sim(...args: readonly string[]): Promise<unknown> {
  const asked = ['sim', ...args, '--json', '--url', url]
  await new Command().addCommand(simCommand()).parseAsync(asked, { from: 'user' })
  return JSON.parse(shown.join('\n'))
}

test('press prints whether each key was taken', async () => {
  emulator.ring({ from: 'bob@fabrikam.com' })
  expect(await sim('press', '12')).toEqual([{ acknowledged: false }, { acknowledged: false }])
})

test('script, pick-up and decline print who did what', async () => {
  expect(await sim('script', 'ann@contoso.com', 'manual')).toEqual({
    who: 'ann@contoso.com',
    script: 'manual',
  })
})

test('faults print every dial as it now stands', async () => {
  expect(await sim('faults', '--drop', '0.5')).toEqual({ ...noFaults, drop: 0.5 })
  expect(emulator.faultDials).toEqual({ ...noFaults, drop: 0.5 })
})

test('advance moves a clock that is moved in a way of its own, and prints the time', async () => {
  expect(await sim('advance', '500')).toEqual({ nowMs: 1_500 })
})
