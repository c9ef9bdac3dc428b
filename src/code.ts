/** Plain values as the code that makes them. */

/** One line of code for a value of plain data: `{ from: 'bob@fabrikam.com' }`. */
export function codeOf(value: unknown): string {
  if (typeof value === 'string') return textOf(value)
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${nameOf(name)}: ${codeOf(member)}`)
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
}

/** A call of a method as code: `call.press('1')`. */
export function calling(method: string, ...given: readonly unknown[]): string {
  const last = given.findLastIndex((each) => each !== undefined)
  return `${method}(${given
    .slice(0, last + 1)
    .map(argument)
    .join(', ')})`
}

/** A number as people write it: `60_000`. */
export function numberCode(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '_')
}

function argument(value: unknown): string {
  return typeof value === 'number' ? numberCode(value) : codeOf(value)
}

/** A name as an identifier: `front-desk` is `frontDesk`. */
export function identifierOf(name: string): string {
  const camel = name.replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())
  return /^[A-Za-z]/.test(camel) ? camel.charAt(0).toLowerCase() + camel.slice(1) : 'chart'
}

function textOf(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function nameOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : textOf(name)
}
