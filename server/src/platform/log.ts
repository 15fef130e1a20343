// The log: one JSON line an event on standard error, in the field names of the Elastic Common Schema.
import { pino, stdTimeFunctions, type Logger } from 'pino'

export type Log = Logger
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const ecsVersion = '8.17.0'

/**
 * Opens the log from `level` up. Write `log.info({ 'session.id': id }, 'sentence')`, and an error as
 * `log.error(error, 'sentence')`; ids only, never what a person typed. Standard output stays for what a person asked for.
 */
export function openLog(level: LogLevel): Log {
  // Lines that wait while one is being written go out together; what still waits at the end goes out in one piece.
  const destination = pino.destination({ fd: 2, sync: false })
  process.once('exit', () => destination.flushSync())
  return pino(logShape(level), destination)
}

/** The shape alone, for writing it elsewhere. */
export function logShape(level: LogLevel) {
  return {
    level,
    base: { 'ecs.version': ecsVersion, 'service.name': 'fitflow', 'process.pid': process.pid },
    messageKey: 'message',
    errorKey: 'error',
    formatters: { level: (label: string) => ({ 'log.level': label }) },
    // pino writes `,"time":"…"`: the same instant under the name that ECS gives it.
    timestamp: () => stdTimeFunctions.isoTime().replace('"time"', '"@timestamp"'),
    serializers: { error: describeError },
  }
}

/** One request's or one job's log: each line carries its trace id. */
export function tracedLog(log: Log, traceId: string): Log {
  return log.child({ 'trace.id': traceId })
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) }
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { type: error.name, message: error.message, stack_trace: error.stack, ...cause }
}
