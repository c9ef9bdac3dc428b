/** Switches of the emulator as they are written on a command line: `NAME=VALUE`. */
import { defaultSwitches, type Switches, switchWords } from '../emulator/index.ts'
import { CallchartError } from '../errors.ts'
import { nearest } from '../nearest.ts'

type Value = string | number | boolean

/** A switch that one word or number can set. */
type Reader = {
  readonly name: string
  readonly value: Value
  /** What it takes, as help tells it. */
  readonly takes: string
  readonly parse: (text: string) => Value | undefined
}

const words = new Map<string, readonly string[]>(Object.entries(switchWords))

const readers: readonly Reader[] = Object.entries(defaultSwitches).flatMap(([name, value]) =>
  typeof value === 'object' ? [] : [{ name, value, ...reading(value, words.get(name)) }],
)

/** Reads one more `NAME=VALUE`; throws `CallchartError` that says what the switch takes. */
export function withSwitch(text: string, before: Partial<Switches> = {}): Partial<Switches> {
  const [name = '', ...rest] = text.split('=')
  const given = rest.join('=')
  const reader = readers.find((each) => each.name === name)
  const value = reader?.parse(given)
  if (value !== undefined) return { ...before, [name]: value }
  throw new CallchartError({
    code: 'switch.invalid',
    what: reader
      ? `The switch ${name} takes ${reader.takes}, not "${given}".`
      : `There is no switch "${name}".`,
    fix: reader
      ? ''
      : `Did you mean ${nearest(
          name,
          readers.map((each) => each.name),
        )}? callchart emulate --help lists them all.`,
  })
}

/** Every switch with its default, a line each. */
export function switchList(): string {
  const named = readers.map(({ name, value, takes }) => [`${name}=${value}`, takes] as const)
  return named.map(([set, takes]) => columns(set, takes)).join('\n')
}

/** Side by side where 80 columns hold them. */
function columns(set: string, takes: string): string {
  const line = `  ${set.padEnd(32)} ${takes}`
  return line.length <= 80 ? line : `  ${set}\n${' '.repeat(6)}${takes}`
}

function reading(
  value: Value,
  choices: readonly string[] | undefined,
): Pick<Reader, 'takes' | 'parse'> {
  if (choices) {
    return {
      takes: choices.join(' | '),
      parse: (text) => choices.find((word) => word === text),
    }
  }
  switch (typeof value) {
    case 'boolean':
      return { takes: 'true | false', parse: (text) => ({ true: true, false: false })[text] }
    case 'number':
      return {
        takes: 'a whole number',
        parse: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
      }
    default:
      return { takes: 'text', parse: (text) => text || undefined }
  }
}
