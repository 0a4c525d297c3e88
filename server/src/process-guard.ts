import type { Logger } from './telemetry/logger.ts'
import type { Metrics } from './telemetry/metrics.ts'

/** The part of `process` this needs, so that a test can hand in its own. */
export interface ProcessEvents {
  on(event: 'unhandledRejection' | 'uncaughtException', listener: (reason: unknown) => void): unknown
}

/**
 * What happens to errors nobody caught.
 *
 * A rejection is counted, logged, and survived: libraries below us let them slip, each concerns one request or one
 * message, and ending the process would make everybody pay for it. An exception may have left something half done,
 * so the process ends, after what can still be closed was closed; everything acknowledged is in the log.
 */
export function guardProcess(
  events: ProcessEvents,
  deps: { logger: Logger; metrics: Metrics; end: () => void },
): void {
  events.on('unhandledRejection', (reason) => {
    deps.metrics.count('tandem_unhandled_rejections_total')
    deps.logger.error({ error: reason }, 'process.unhandled-rejection')
  })
  events.on('uncaughtException', (error) => {
    deps.logger.error({ error }, 'process.uncaught-exception')
    deps.end()
  })
}
