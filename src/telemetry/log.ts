/** Records as log lines, by pino: JSON, one a record, each kind at its level. */
import { type DestinationStream, type Level, type Logger, pino } from 'pino'
import type { EngineRecord } from './records.ts'

/** The level of each kind; of some, what they say decides. */
export const levels: Readonly<Record<EngineRecord['kind'], Level>> = {
  posted: 'debug',
  notified: 'debug',
  taken: 'debug',
  refused: 'warn',
  unknownCall: 'info',
  turned: 'debug',
  emitted: 'debug',
  asked: 'debug',
  requested: 'debug',
  responded: 'debug',
  retrying: 'warn',
  settled: 'debug',
  timerSet: 'debug',
  timerCancelled: 'debug',
  timerFired: 'debug',
  invoked: 'debug',
  quarantined: 'error',
  ended: 'info',
  committed: 'debug',
  commitFailed: 'error',
  recovering: 'info',
  recovered: 'info',
  takeUpFailed: 'error',
  draining: 'info',
  drained: 'info',
}

/** A logger whose lines have `level`, `name`, `time` and `kind`; at `debug` it writes every record. */
export function createLogger(level: Level, to: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { name: 'callchart' },
      timestamp: false,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  )
}

/** Logs a record; nobody is named in it, for records as JSON name nobody. */
export function logRecord(logger: Logger, record: EngineRecord): void {
  const level = levelOf(record)
  if (!logger.isLevelEnabled(level)) return
  const { kind, atMs, ...said } =
    record.kind === 'turned' ? { ...record, states: record.states } : record
  logger[level]({ time: atMs, kind, ...said })
}

function levelOf(record: EngineRecord): Level {
  switch (record.kind) {
    case 'turned':
      return record.sequence === 1 ? 'info' : 'debug'
    case 'posted':
      return record.status < 400 ? 'debug' : 'warn'
    case 'responded':
      return record.outcome === 'answered' ? 'debug' : 'warn'
    case 'settled':
      return record.status === 'failed' || record.status === 'inDoubt' ? 'warn' : 'debug'
    default:
      return levels[record.kind]
  }
}
