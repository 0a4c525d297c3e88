import { type Bindings, pino, stdSerializers, stdTimeFunctions } from 'pino'
import { EVENTS, type LogEvent } from './events.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Ids, counts and durations (with their unit in the name); `error` takes whatever was thrown. */
export type LogFields = Readonly<Record<string, unknown>>

/**
 * The structured log. The event names what happened, once and for all; fields say to what.
 *
 * Handed in wherever it is needed, so that a test can read it and no module owns a global.
 */
export interface Logger {
  debug(event: LogEvent, fields?: LogFields): void
  info(event: LogEvent, fields?: LogFields): void
  warn(event: LogEvent, fields?: LogFields): void
  error(event: LogEvent, fields?: LogFields): void
  /** A logger that adds these fields to every line. */
  with(fields: LogFields): Logger
}

export interface LogSink {
  write(line: string): void
}

type Line = (fields: object, message: string) => void

interface Levels {
  debug: Line
  info: Line
  warn: Line
  error: Line
  child(bindings: Bindings): Levels
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
  return wrap(root)
}

function wrap(levels: Levels): Logger {
  return {
    debug: (event, fields) => levels.debug({ event, ...fields }, EVENTS[event]),
    info: (event, fields) => levels.info({ event, ...fields }, EVENTS[event]),
    warn: (event, fields) => levels.warn({ event, ...fields }, EVENTS[event]),
    error: (event, fields) => levels.error({ event, ...fields }, EVENTS[event]),
    with: (fields) => wrap(levels.child({ ...fields })),
  }
}

function describeError(thrown: unknown): unknown {
  return thrown instanceof Error ? stdSerializers.err(thrown) : { message: String(thrown) }
}

/** For tests and for commands that print to people instead. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  with: () => silentLogger,
}
