/** Traffic as code that an author can read, paste and play. */

import { codeOf } from '../../code.ts'
import type { Deed, Traffic } from '../simulation/traffic.ts'
import { deedText } from '../simulation/who.ts'

/** The value as code, each deed with what it is in words. */
export function trafficCode({ seed, deeds, faults }: Traffic): string {
  return [
    '{',
    `  seed: ${seed},`,
    ...listCode('deeds', deeds, (deed) => deedText(deed)),
    ...listCode('faults', faults, () => undefined),
    '}',
  ].join('\n')
}

function listCode<Each extends Deed | Traffic['faults'][number]>(
  name: string,
  list: readonly Each[],
  comment: (each: Each) => string | undefined,
): readonly string[] {
  if (list.length === 0) return [`  ${name}: [],`]
  const lines = list.map((each) => {
    const said = comment(each)
    return `    ${codeOf(each)},${said === undefined ? '' : ` // ${said}`}`
  })
  return [`  ${name}: [`, ...lines, '  ],']
}
