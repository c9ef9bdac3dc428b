/** How `callchart serve` speaks: to a person at a terminal, or in log lines to whatever collects them. */
import { pino } from 'pino'
import type { AnyStateMachine } from 'xstate'
import type { Config } from '../config.ts'
import type { Observer } from '../telemetry/index.ts'
import { createLogger, logRecord } from '../telemetry/log.ts'
import { chartNames, takes } from './terminal/chartNames.ts'
import { engineRows } from './terminal/engineRows.ts'
import { printFacts } from './terminal/facts.ts'
import { print, span } from './terminal/line.ts'
import { printRow } from './terminal/row.ts'

/** A bot that has begun to take calls. */
export type Started = {
  readonly charts: readonly AnyStateMachine[]
  readonly config: Config
  readonly url: string
  readonly promptsFolder: string | undefined
  /** How many calls of an earlier process it goes on with. */
  readonly calls: number
  readonly metricsUrl: string | undefined
  readonly inspectUrl: string | undefined
}

export type Voice = {
  readonly observe: Observer
  /** Another process holds the database; it is waited for. */
  readonly waiting: (why: string, seconds: number) => void
  readonly listening: (started: Started) => void
  readonly draining: (seconds: number) => void
  readonly stopping: () => void
}

/** Rows in words; without `verbose` only of what went wrong. */
export function spoken(verbose: boolean): Voice {
  const rowOf = engineRows()
  return {
    observe: (record) => {
      const row = rowOf(record)
      if (row && (verbose || row.sign === '✗')) printRow(row)
    },
    waiting: (why, seconds) => print(span(`${why} Waiting for it, ${seconds} s at most.`, 'dim')),
    listening: ({ charts, config, url, promptsFolder, calls, metricsUrl, inspectUrl }) =>
      printFacts([...chartNames(charts), span(` ${takes(charts)} calls`)], {
        listening: `http://${config.host ?? 'localhost'}:${config.port}`,
        public: `${url}/api/calls`,
        database: config.databasePath,
        prompts: promptsFolder,
        metrics: metricsUrl,
        inspector: inspectUrl,
        'taken up': calls === 1 ? '1 call' : `${calls} calls`,
      }),
    draining: (seconds) => print(span(`Draining: live calls have ${seconds} s to end.`, 'dim')),
    stopping: () => print(span('Stopping: the work at hand is finished first.', 'dim')),
  }
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const

/** Whoever reads the log too slowly loses lines beyond this many bytes, and holds up no call. */
const LOG_BUFFER_BYTES = 8 * 1024 * 1024

/** pino's JSON lines on stdout. */
export function logged(level: (typeof logLevels)[number]): Voice {
  const to = pino.destination({ dest: 1, sync: false, maxLength: LOG_BUFFER_BYTES })
  const logger = createLogger(level, to)
  const tell = (kind: string, said: object) => logger.info({ time: Date.now(), kind, ...said })
  return {
    observe: (record) => logRecord(logger, record),
    waiting: (why, waitSeconds) => tell('waiting', { why, waitSeconds }),
    listening: ({ charts, url, metricsUrl, inspectUrl }) =>
      tell('listening', {
        url,
        charts: charts.map(({ id, version }) => ({ id, version })),
        pid: process.pid,
        metricsUrl,
        inspectUrl,
      }),
    // Records tell of these two.
    draining: () => {},
    stopping: () => {},
  }
}
