/** The prompts: each is there, in the one format that Graph plays, and can be fetched as Graph will fetch it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyStateMachine } from 'xstate'
import { readWav } from '../../emulator/index.ts'
import { type PromptFolders, promptsPath } from '../../webhook/index.ts'
import { ask } from './ask.ts'
import { type Finding, ok, reasonOf, unknown, wrong } from './finding.ts'
import { type Wishes, wishesOfAll } from './wishes.ts'

/** The charts that one folder is for, as what they wish of it. */
export type SharedFolder = {
  readonly wishes: Wishes
  readonly folder: string | undefined
  /** Where it is served, below the bot's URL. */
  readonly path: string
}

/** The prompts of each folder, named by the charts that it is for. */
export function sharedFolders(
  charts: readonly AnyStateMachine[],
  prompts: PromptFolders,
): readonly SharedFolder[] {
  const byPath = Map.groupBy(charts, ({ id }) => promptsPath(prompts, id))
  return [...byPath].map(([path, served]) => ({
    wishes: wishesOfAll(served),
    folder: served.map(({ id }) => prompts.own.get(id)).find(Boolean) ?? prompts.all,
    path,
  }))
}

/** What is wrong with the files that charts name, without asking anybody. */
export function unplayable(shared: readonly SharedFolder[]): readonly Finding[] {
  return shared
    .flatMap(({ wishes, folder }) =>
      wishes.prompts.filter((name) => !isUrl(name)).map((name) => atHand(name, folder)),
    )
    .filter(({ verdict }) => verdict === 'wrong')
}

export type PromptsPlace = {
  readonly folder: string | undefined
  /** Absent where the bot cannot be asked over its public URL. */
  readonly promptsUrl: string | undefined
}

const FORMAT =
  'WAV, mono, 16-bit, 16 kHz, as ffmpeg -i IN -ac 1 -ar 16000 -c:a pcm_s16le OUT.wav makes it'

export async function checkPrompts(
  wishes: Wishes,
  place: PromptsPlace,
): Promise<readonly Finding[]> {
  const chosen = wishes.choosesPrompts ? wavsIn(place.folder) : []
  const names = [...new Set([...wishes.prompts, ...chosen])]
  const findings = await Promise.all(names.map((name) => checkPrompt(name, place)))
  if (!wishes.choosesPrompts) return findings
  return [
    ...findings,
    unknown('prompt', 'Some prompts are chosen during a call; those in the folder are looked at.'),
  ]
}

function wavsIn(folder: string | undefined): readonly string[] {
  return folder === undefined ? [] : readdirSync(folder).filter((name) => /\.wav$/i.test(name))
}

async function checkPrompt(name: string, place: PromptsPlace): Promise<Finding> {
  if (isUrl(name)) return fetched(name, name, 'Let it be fetched without credentials.')
  const { folder, promptsUrl } = place
  const found = atHand(name, folder)
  if (found.verdict !== 'ok') return found
  if (promptsUrl === undefined) {
    return unknown('prompt', `${found.what} Whether Graph can fetch it was not tried.`)
  }
  return fetched(name, `${promptsUrl}/${name}`, 'Let the reverse proxy pass /prompts to the bot.')
}

function isUrl(name: string): boolean {
  return /^https?:/i.test(name)
}

function atHand(name: string, folder: string | undefined): Finding {
  if (folder === undefined) {
    return wrong(
      'prompt',
      `There is no folder for ${name}.`,
      'Put it into prompts/ beside the bot, or name a folder with --prompts.',
    )
  }
  try {
    return playable(name, readFileSync(join(folder, name)), `in ${folder}`)
  } catch (error) {
    const isThere = existsSync(join(folder, name))
    return wrong(
      'prompt',
      isThere
        ? `${name} cannot be read in ${folder} (${reasonOf(error)}).`
        : `There is no ${name} in ${folder}.`,
      `Put it there: ${FORMAT}.`,
    )
  }
}

async function fetched(name: string, url: string, fix: string): Promise<Finding> {
  try {
    const { status, bytes } = await ask(url)
    if (status !== 200) return wrong('prompt', `${url} answers ${status}.`, fix)
    return playable(name, bytes, url === name ? 'fetched' : `fetched from ${url}`)
  } catch (error) {
    return wrong('prompt', `${url} cannot be fetched (${reasonOf(error)}).`, fix)
  }
}

function playable(name: string, bytes: Uint8Array, where: string): Finding {
  const reading = readWav(bytes)
  if ('fault' in reading) {
    return wrong('prompt', `Graph cannot play ${name}: ${reading.fault}.`, `Make it ${FORMAT}.`)
  }
  const seconds = (reading.durationMs / 1_000).toFixed(1)
  return ok('prompt', `${name}, ${seconds} s, ${where}.`)
}
