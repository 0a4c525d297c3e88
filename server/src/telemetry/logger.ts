import { pino, stdTimeFunctions } from 'pino'
import { describeError } from './describe-error.ts'
import { EVENTS, type LogEvent } from './events.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Ids, counts and durations (with their unit in the name); `error` takes whatever was thrown. */
export type LogFields = object

/**
 * The structured log. The event's name comes last, as a message would; fields say to what it happened.
 *
 * Handed in wherever it is needed, so that a test can read it and no module owns a global.
 */
export interface Logger {
  debug(fields: LogFields, event: LogEvent): void
  info(fields: LogFields, event: LogEvent): void
  warn(fields: LogFields, event: LogEvent): void
  error(fields: LogFields, event: LogEvent): void
}

export interface LogSink {
  write(line: string): void
}

/** Writes one JSON object a line into `sink`. */
export function createLogger(options: { level: LogLevel; sink: LogSink }): Logger {
  const root = pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
      // A net below the rule that nobody logs these: a forgotten header must not end in somebody's log store.
      redact: { paths: ['token', 'authorization', '*.token', '*.authorization'], censor: '[removed]' },
    },
    options.sink,
  )
  return {
    debug: (fields, event) => root.debug({ event, ...fields }, EVENTS[event]),
    info: (fields, event) => root.info({ event, ...fields }, EVENTS[event]),
    warn: (fields, event) => root.warn({ event, ...fields }, EVENTS[event]),
    error: (fields, event) => root.error({ event, ...fields }, EVENTS[event]),
  }
}

/** For tests and for commands that print to people instead. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
}
