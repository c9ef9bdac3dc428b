/** Dials of the simulation as they are written on a command line: `KIND=N`. */
import { CallchartError } from '../errors.ts'
import { type FaultDials, faultKinds, isFaultKind } from '../testkit/simulation/index.ts'

/** Reads one more `KIND=N`; throws `CallchartError` that names the kinds. */
export function withDial(text: string, before: FaultDials = {}): FaultDials {
  const [kind = '', times = ''] = text.split(/=(.*)/s)
  const isKind = isFaultKind(kind)
  if (isKind && /^\d{1,3}$/.test(times)) return { ...before, [kind]: Number(times) }
  throw new CallchartError({
    code: 'dial.invalid',
    what: isKind
      ? `The dial ${kind} takes a whole number from 0 (off) to 999, not "${times}".`
      : `There is no kind of fault "${kind}".`,
    fix: `Write KIND=N, where KIND is one of ${Object.keys(faultKinds).join(', ')}.`,
  })
}

/** Dials as the command line takes them again. */
export function writtenDials(dials: FaultDials): string {
  return Object.entries(dials)
    .map(([kind, times]) => ` --dial ${kind}=${times}`)
    .join('')
}

/** Every kind of fault and how often it may strike at most, a few on each line. */
export function dialList(): string {
  const kinds = Object.entries(faultKinds).map(([kind, { most }]) => `${kind}=${most}`.padEnd(24))
  const rows = kinds.flatMap((_, at) => (at % 3 === 0 ? [kinds.slice(at, at + 3).join('')] : []))
  return rows.map((row) => `  ${row.trimEnd()}`).join('\n')
}
