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
