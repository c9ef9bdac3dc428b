/** The emulated Graph that may run beside the engine, as it is handed to the admin API. */
import type { AnyStateMachine } from 'xstate'
import type { Coverage, FaultDials } from './protocol.ts'

/** What `callchart start` gives: people to act as, time to move, and an engine to kill. */
export interface World {
  /** Asks the emulator, whose control API stands below `/emulator`. */
  fetch(request: Request): Response | Promise<Response>
  /** How far the world's clock is ahead of the machine's. */
  readonly aheadMs: number
  /** What goes wrong at present. */
  readonly faults: FaultDials
  /** What a run of tests has seen of a chart, where one was told of. */
  tested(chart: AnyStateMachine): Coverage | undefined
  /** Moves the clock ahead, everything on the way happening at its time; resolves to the time reached. */
  advance(ms: number): Promise<number>
  /** Kills the engine, finishing nothing, and starts it again after `downMs` on the same database. */
  restart(downMs: number): void
}
