import { run } from './cli/run.ts'
import { systemClock } from './clock.ts'
import { processEnvironment } from './config/environment.ts'
import type { Config } from './config/settings.ts'
import { guardProcess } from './process-guard.ts'
import { createLogger, type LogSink } from './telemetry/logger.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { textSink } from './telemetry/text-sink.ts'

/** The entry point: the only file that touches the process itself. */

const terminal = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
}

/** What a shell calls a program ended by a closed pipe; never 0, which would say that `verify` found nothing. */
const EXIT_PIPE = 141

let isServing = false
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    // Whoever read along has gone, as in `tandem dump … | head`. A server goes on without a listener.
    if (!isServing) process.exit(EXIT_PIPE)
  })
}

const EXIT_FORCED = 130
/** Ctrl-C under npm arrives twice: once from the terminal, once passed on by npm. Within this time it is one request. */
const ONE_REQUEST_MS = 1_000

async function serveHere(config: Config): Promise<number> {
  isServing = true
  const logger = createLogger({ level: config.logLevel, sink: logSink(config) })
  const metrics = createMetrics({ processMetrics: true })
  let ask: (code: number) => void = () => {}
  const stopAsked = new Promise<number>((resolve) => {
    ask = resolve
  })
  guardProcess(process, { logger, metrics, end: () => ask(1) })
  let firstSignalMs: number | null = null
  const onSignal = (): void => {
    const now = systemClock.elapsedMs()
    firstSignalMs ??= now
    // Somebody who asks again does not want to wait; what was acknowledged is in the log.
    if (now - firstSignalMs > ONE_REQUEST_MS) process.exit(EXIT_FORCED)
    ask(0)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  // Here and not above: the other commands start without the sync core.
  const { serve } = await import('./serve.ts')
  return serve(config, { terminal, logger, metrics, clock: systemClock, stopAsked })
}

function logSink({ logFormat }: Config): LogSink {
  const asText = logFormat === 'text' || (logFormat === 'auto' && process.stderr.isTTY === true)
  return asText ? textSink(process.stderr) : process.stderr
}

const environment = processEnvironment()
// exit and not exitCode: a socket or a timer somebody left open must not keep a stopped server alive.
process.exit(await run(process.argv.slice(2), { terminal, environment, serve: serveHere }))
