/** Where the prompts of a bot's charts are, each folder looked for once. */
import { statSync } from 'node:fs'
import { type BotCharts, chartsOf } from '../engine/index.ts'
import { ConfigurationError } from '../errors.ts'
import type { PromptFolders } from '../webhook/index.ts'

/** The folders of a bot's charts; throws `ConfigurationError` for one that is not there. */
export function promptFoldersOf(bot: BotCharts, all: string | undefined): PromptFolders {
  const own = new Map<string, string>()
  for (const { chart, promptsFolder } of chartsOf(bot).charts) {
    if (promptsFolder !== undefined && promptsFolder !== all) own.set(chart.id, promptsFolder)
  }
  for (const folder of [all, ...own.values()]) {
    if (folder !== undefined && !isFolder(folder)) throw missing(folder)
  }
  return { all, own }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function missing(folder: string): ConfigurationError {
  return new ConfigurationError({
    code: 'prompts.missing',
    what: `There is no folder ${folder}.`,
    fix: 'Name a folder of WAV files.',
  })
}
