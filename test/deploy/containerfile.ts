/**
 * Does what a Containerfile says, step by step, in folders instead of images: each stage is a folder that stands
 * for its root. Knows the instructions that ours uses and refuses any other.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What would be an image. */
export type Image = {
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly healthCheck: readonly string[]
}

type Stage = {
  readonly root: string
  workdir: string
  environment: Record<string, string>
  command: readonly string[]
  healthCheck: readonly string[]
}

/** Says nothing about files: it is metadata of an image. */
const metadata = new Set(['VOLUME', 'EXPOSE', 'STOPSIGNAL', 'USER'])

/** Builds `context` as the file says, below `place`. */
export function build(file: string, context: string, place: string): Image {
  const stages = new Map<string, Stage>()
  let stage = newStage(place)
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [instruction = '', ...words] = line.split(' ')
    const rest = words.join(' ')
    if (instruction === 'FROM') {
      stage = newStage(place)
      stages.set(words[2] ?? '', stage)
    } else if (instruction === 'WORKDIR') {
      stage.workdir = inRoot(stage, rest)
      mkdirSync(stage.workdir, { recursive: true })
    } else if (instruction === 'COPY') {
      copy(words, stage, stages, context)
    } else if (instruction === 'RUN') {
      run(rest, stage)
    } else if (instruction === 'ENV') {
      for (const word of words) {
        const [name = '', value = ''] = word.split('=')
        stage.environment[name] = value
      }
    } else if (instruction === 'CMD') {
      stage.command = JSON.parse(rest)
    } else if (instruction === 'HEALTHCHECK') {
      stage.healthCheck = JSON.parse(rest.slice(rest.indexOf('[')))
    } else if (!metadata.has(instruction)) {
      throw new Error(`Nobody taught us ${instruction}.`)
    }
  }
  const { workdir: folder, environment, command, healthCheck } = stage
  return { folder, environment, command, healthCheck }
}

function newStage(place: string): Stage {
  const root = mkdtempSync(join(place, 'stage-'))
  return { root, workdir: root, environment: {}, command: [], healthCheck: [] }
}

function inRoot({ root, workdir }: Stage, path: string): string {
  return path.startsWith('/') ? join(root, path) : join(workdir, path)
}

function copy(
  words: readonly string[],
  stage: Stage,
  stages: ReadonlyMap<string, Stage>,
  context: string,
): void {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  const source = from === undefined ? undefined : stages.get(from)
  const target = inRoot(stage, paths.at(-1) ?? '')
  for (const path of paths.slice(0, -1)) {
    // Nothing is written to either of them afterwards, so that links will do.
    if (source) {
      spawnSync('cp', ['-al', `${inRoot(source, path)}/.`, target])
      continue
    }
    cpSync(join(context, path), path === '.' ? target : join(target, basename(path)), {
      recursive: true,
      filter: (each) => basename(each) !== 'node_modules',
    })
  }
}

function run(command: string, { workdir, environment }: Stage): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: workdir,
    encoding: 'utf8',
    env: { ...pinned(), ...environment },
  })
  if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`)
}

/** The environment in which `node` is the one that runs the tests, as it is that of the image there. */
export function pinned(): Record<string, string> {
  const { PATH = '', npm_config_registry: registry, HOME = '' } = process.env
  return {
    PATH: `${dirname(process.execPath)}:${PATH}`,
    npm_config_cache: join(HOME, '.npm'),
    npm_config_prefer_offline: 'true',
    npm_config_userconfig: join(HOME, '.npmrc'),
    ...(registry !== undefined && { npm_config_registry: registry }),
  }
}
