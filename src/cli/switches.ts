/** Switches of the emulator as they are written on a command line: `NAME=VALUE`. */
import { defaultSwitches, type Switches } from '../emulator/index.ts'
import { CallchartError } from '../errors.ts'

/** The words that switches with words for values take. */
const choices: { readonly [Name in keyof Switches]?: readonly Switches[Name][] } = {
  prompts: ['timed', 'manual'],
  mediaState: ['separate', 'included', 'never'],
  escalatedRoster: ['silent', 'live'],
  unknownMeetings: ['create', 'refuse'],
  transferAcrossTenants: ['allow', 'fail'],
  firstNotification: ['graph', 'legacy'],
  issuer: ['https://graph.microsoft.com', 'https://api.botframework.com'],
  control: ['loopback', 'anyone'],
}

/** Reads one more `NAME=VALUE`; throws `CallchartError` that says what the switch takes. */
export function withSwitch(text: string, before: Partial<Switches> = {}): Partial<Switches> {
  const [name = '', ...rest] = text.split('=')
  const read = readers().get(name)
  const value = read?.parse(rest.join('='))
  if (value !== undefined) return { ...before, [name]: value }
  throw new CallchartError({
    code: 'switch.invalid',
    what: read
      ? `The switch ${name} takes ${read.takes}, not "${rest.join('=')}".`
      : `There is no switch "${name}".`,
    fix: `Write --switch NAME=VALUE with one of: ${[...readers().keys()].join(', ')}.`,
  })
}

type Reader = {
  readonly takes: string
  readonly parse: (text: string) => string | number | boolean | undefined
}

/** Every switch that a word or a number can set, with its reader. */
function readers(): ReadonlyMap<string, Reader> {
  const named = Object.entries(defaultSwitches).flatMap(([name, value]) => {
    const reader = readerOf(value, Object.entries(choices).find(([each]) => each === name)?.[1])
    return reader ? [[name, reader] as const] : []
  })
  return new Map(named)
}

function readerOf(value: unknown, words: readonly unknown[] | undefined): Reader | undefined {
  if (words)
    return { takes: words.join(' or '), parse: (text) => (words.includes(text) ? text : undefined) }
  switch (typeof value) {
    case 'boolean':
      return { takes: 'true or false', parse: (text) => ({ true: true, false: false })[text] }
    case 'number':
      return {
        takes: 'a whole number',
        parse: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
      }
    case 'string':
      return { takes: 'text', parse: (text) => text || undefined }
    default:
      return undefined
  }
}

/** Every switch with its default, a line each. */
export function switchList(): string {
  return [...readers()]
    .map(([name, { takes }]) => {
      const value = Object.entries(defaultSwitches).find(([each]) => each === name)?.[1]
      return `  ${`${name}=${value}`.padEnd(46)} ${takes}`
    })
    .join('\n')
}
