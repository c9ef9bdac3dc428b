/** What to call an action or a guard of a chart, whichever of XState's ways it was written in. */

export const INLINE = '(inline)'

type Properties = { readonly [name: string]: unknown }

/** An action's name with its fixed parameters: `playPrompt {"prompt":"hello.wav"}`. */
export function nameOfAction(action: unknown): string {
  return builtInAction(action) ?? named(action)
}

/** A guard's name, or how others are combined: `and(isStaff, not(isLate))`. */
export function nameOfGuard(guard: unknown): string {
  if (typeof guard !== 'function' || !('guards' in guard) || !Array.isArray(guard.guards)) {
    return named(guard)
  }
  return `${guard.name}(${guard.guards.map(nameOfGuard).join(', ')})`
}

/** A name, an object `{ type, params }`, or a function: its own name, if it has one worth telling. */
function named(seam: unknown): string {
  if (typeof seam === 'string') return seam
  if (typeof seam === 'function') return functionName(seam)
  if (!isObject(seam)) return INLINE
  const params = seam.params === undefined ? '' : ` ${paramsText(seam.params)}`
  return `${String(seam.type)}${params}`
}

/** XState names the functions written in place after the property that holds them. */
function functionName({ name }: { readonly name: string }): string {
  return name === '' || name === 'guard' || name === 'actions' ? INLINE : name
}

function paramsText(params: unknown): string {
  if (typeof params === 'function') return INLINE
  return JSON.stringify(params, (_, value: unknown) =>
    typeof value === 'function' ? INLINE : value,
  )
}

/** XState's own actions are functions whose properties say what they do. */
function builtInAction(action: unknown): string | undefined {
  if (typeof action !== 'function' || !('type' in action)) return undefined
  const { event, delay, sendId, assignment }: Properties = Object.fromEntries(
    Object.entries(action),
  )
  const name = String(action.type).replace(/^xstate\./, '')
  const details = [
    isObject(assignment) ? Object.keys(assignment).toSorted().join(', ') : undefined,
    event === undefined ? undefined : nameOfSent(event),
    delay === undefined ? undefined : `after ${typeof delay === 'function' ? INLINE : delay}`,
    typeof sendId === 'string' ? sendId : undefined,
  ]
  return [name, ...details.filter((detail) => detail)].join(' ')
}

function nameOfSent(event: unknown): string {
  return isObject(event) ? String(event.type) : INLINE
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null
}
