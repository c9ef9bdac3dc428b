/** What the campaign runs as its engine: `callchart serve`, or one with a sabotaged store. */
import { fileURLToPath } from 'node:url'
import { type EngineCommand, serving } from '../../src/cli/demo/engineProcess.ts'
import type { SabotageName } from './sabotage.ts'

/** Far longer than any prompt plays and any notification is late, on a busy machine too: what is unheard of then never was. */
const EVIDENCE_SECONDS = 15

const chart = pathOf('chart.ts')
const sabotaged = pathOf('engine.ts')
const prompts = pathOf('../../examples/front-desk/prompts')

export function engineCommand(sabotage: SabotageName | undefined): EngineCommand {
  if (sabotage) return [sabotaged, sabotage, prompts]
  return serving(chart, '--prompts', prompts, '--evidence-seconds', String(EVIDENCE_SECONDS))
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
