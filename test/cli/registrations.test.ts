/** What `callchart emulate` takes as ids and webhooks. */
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { emulateCommand } from '../../src/cli/emulate.ts'

test.each([
  ['--webhook', 'nonsense', 'Give the http or https URL'],
  ['--webhook', 'localhost:8080/api/calls', 'Give the http or https URL'],
  ['--app-id', 'x', 'Give a GUID'],
  ['--tenant', 'contoso', 'Give a GUID'],
])('%s %s is refused in a sentence', async (option, value, fix) => {
  let told = ''
  const command = emulateCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (told += text) })
  const running = new Command()
    .addCommand(command)
    .parseAsync(['emulate', option, value], { from: 'user' })
  await expect(running).rejects.toMatchObject({ code: 'commander.invalidArgument' })
  expect(told).toContain(`'${value}' is invalid. ${fix}`)
})
