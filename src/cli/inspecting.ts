/** The switches with which a command shows live calls in Stately's inspector. */
import type { Command } from 'commander'
import type { Inspect } from '../telemetry/index.ts'

export type InspectOptions = {
  readonly inspect?: string | true
  readonly inspectCall?: readonly string[]
}

export function withInspect(command: Command): Command {
  return command
    .option(
      '--inspect [address]',
      "show live calls in Stately's inspector: on a page of this machine, or at a ws:// or wss:// address",
    )
    .option('--inspect-call <keys...>', 'only these calls')
}

/** What the switches ask for. */
export function inspectOf({ inspect, inspectCall }: InspectOptions): { inspect?: Inspect } {
  if (inspect === undefined && inspectCall === undefined) return {}
  return {
    inspect: {
      ...(typeof inspect === 'string' && { address: inspect }),
      ...(inspectCall && { calls: inspectCall }),
    },
  }
}
