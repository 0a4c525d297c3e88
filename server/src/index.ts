/** What other programs may use of the server: its configuration table, and the whole server to run inside a process of theirs. */

export { systemClock } from './clock.ts'
export { processEnvironment } from './config/environment.ts'
export { describeProblems, parseConfig } from './config/parse.ts'
export { configHelp, configMarkdown } from './config/render.ts'
export type { Config } from './config/settings.ts'
export { type ServeDeps, serve } from './serve.ts'
export { createLogger, type Logger, silentLogger } from './telemetry/logger.ts'
export { createMetrics, type Metrics } from './telemetry/metrics.ts'
export { VERSION } from './version.ts'
