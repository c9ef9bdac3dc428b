/** What was done to a world, written down as the code that does it again. */
import { numberCode } from '../../code.ts'

/** One thing that was done. */
export type Line = {
  /** A statement of a test. */
  readonly code: string
  /** The same on a terminal, where that can be done. */
  readonly command?: string | undefined
}

/** The command by which a person of a running emulator does something. */
export function sim(deed: string, ...words: readonly (string | number | undefined)[]): string {
  const said = words.filter((word) => word !== undefined).map((word) => quoted(String(word)))
  return ['npx callchart sim', deed, ...said].join(' ')
}

function quoted(word: string): string {
  return /^[\w@.+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

export class Transcript {
  readonly #lines: Line[] = []
  /** What is taken from the testkit besides `emulate`. */
  readonly #imports = new Set<string>()
  #calls = 0

  write(code: string, command?: string): void {
    this.#lines.push({ code, command })
  }

  /** Writes that time passed; none is no line. */
  passed(ms: number): void {
    if (ms > 0) this.write(`await world.advance(${numberCode(ms)})`, `sleep ${ms / 1_000}`)
  }

  /** Writes how a call began; gives the name it has from here on. */
  begin(code: string, command?: string): string {
    const name = this.#calls++ === 0 ? 'call' : `call${this.#calls}`
    this.write(`const ${name} = await ${code}`, command)
    return name
  }

  /** Writes that invariants were checked. */
  checked(names: readonly string[]): void {
    for (const name of names) this.#imports.add(name)
    this.write(`await world.checkInvariants(${names.join(', ')})`)
  }

  get lines(): readonly Line[] {
    return this.#lines.map((line, index) => this.#spared(line, index))
  }

  get imports(): readonly string[] {
    return [...this.#imports]
  }

  /** A name that nobody uses is not given. */
  #spared(line: Line, index: number): Line {
    const [, name, rest] = /^const (\w+) = (.*)$/s.exec(line.code) ?? []
    if (name === undefined || rest === undefined) return line
    const isUsed = this.#lines.slice(index).some(({ code }) => code.includes(`${name}.`))
    return isUsed ? line : { ...line, code: rest }
  }
}
