import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate, openPostgresStorage } from '@tandem/persistence'
import { openMail } from './accounts/mail.ts'
import { openAccounts } from './accounts/open-accounts.ts'
import { startApp } from './app.ts'
import { createAuthenticate, forSockets } from './auth/authenticate.ts'
import { createIntroduce } from './auth/introduce.ts'
import { remoteKeys } from './auth/remote-keys.ts'
import { SECRET_FILE, storedSecret } from './auth/secret.ts'
import { createTokens } from './auth/tokens.ts'
import { ownDatabase } from './cli/database.ts'
import { describeFault } from './cli/faults.ts'
import type { Terminal } from './cli/terminal.ts'
import { type Clock, within } from './clock.ts'
import type { Config } from './config/settings.ts'
import { createLifeCycle, type LifeCycle } from './life-cycle.ts'
import { createRooms } from './rooms.ts'
import { createStopSequence, type StopSequence } from './stop-sequence.ts'
import type { Logger } from './telemetry/logger.ts'
import type { Metrics } from './telemetry/metrics.ts'
import { StorageFaults } from './telemetry/storage-faults.ts'
import { followTitles } from './titles.ts'
import { VERSION } from './version.ts'

const REFERENCE_APP = fileURLToPath(new URL('../../examples/web/dist', import.meta.url))

export interface ServeDeps {
  readonly terminal: Terminal
  readonly logger: Logger
  readonly metrics: Metrics
  readonly clock: Clock
  /** Resolves, with the exit code to end with, when the server is to stop. */
  readonly stopAsked: Promise<number>
}

/**
 * Runs the server from start to stop; resolves with the exit code and never rejects.
 *
 * Stops in this order: not ready any more, and everything new is answered "try again" → edits in flight are written and
 * sockets sent away → no new connections, requests answered → storage closed → embedded database stopped. Whatever was
 * opened before a failed start is closed the same way.
 */
export async function serve(config: Config, deps: ServeDeps): Promise<number> {
  const { logger, terminal, clock } = deps
  const life = createLifeCycle()
  const stop = createStopSequence(clock, logger)
  const code = await runUntilStopped(config, deps, { life, stop }).catch((error: unknown) => {
    terminal.err(describeFault(error))
    return 1
  })
  const wasReady = life.state() === 'ready'
  life.send('stop')
  if (wasReady) logger.info({ deadlineSeconds: config.shutdownSeconds }, 'server.draining')
  const outcome = await stop.run(config.shutdownSeconds * 1000)
  life.send('closed')
  if (outcome === 'incomplete') logger.error({}, 'server.stop-forced')
  else if (wasReady) logger.info({}, 'server.stopped')
  return outcome === 'clean' ? code : 1
}

interface Running {
  readonly life: LifeCycle
  readonly stop: StopSequence
}

async function runUntilStopped(config: Config, deps: ServeDeps, running: Running): Promise<number> {
  const { logger, terminal, clock, stopAsked } = deps
  const starting = start(config, deps, running)
  const first = await Promise.race([starting, stopAsked])
  if (typeof first === 'number') {
    // What is being opened right now must be open before it can be closed; how the start ends is of no interest any more.
    await within(
      clock,
      config.shutdownSeconds * 1000,
      starting.catch(() => undefined),
    )
    return first
  }
  running.life.send('opened')
  logger.info({ url: first.url }, 'server.listening')
  terminal.out(`tandem ready on ${first.url}`)
  return stopAsked
}

async function start(
  config: Config,
  { logger, metrics, clock }: ServeDeps,
  { life, stop }: Running,
): Promise<{ url: string }> {
  const dataDir = resolve(config.dataDir)
  logger.info({ version: VERSION, node: process.versions.node, pid: process.pid, dataDir }, 'server.starting')
  const connectionString = await ownDatabase({ config, logger, stop })
  await migrate(connectionString, { log: (line) => logger.debug({ line }, 'postgres.line') })
  const faults = new StorageFaults({ logger, clock })
  const opened = await openPostgresStorage({
    connectionString,
    maxConnections: config.pgPool,
    onError: (error) => faults.report(error),
  })
  faults.watch(opened.bus)
  stop.opened('storage', (remainingMs) => opened.close(remainingMs))
  const titles = followTitles(opened, { clock, logger })
  stop.opened('titles', () => titles.flush())
  const { storage } = titles

  const secret = await secretOf(config, logger)
  const tokens = createTokens({
    secret,
    clock,
    remoteKeys: config.jwksUrl === null ? null : remoteKeys({ url: config.jwksUrl, clock, logger }),
    issuer: config.jwtIssuer,
    audience: config.jwtAudience,
    trustsEmails: config.jwtEmails === 'trusted',
  })
  const introduce = createIntroduce(storage)
  const authenticate = createAuthenticate({ tokens, storage, introduce })
  const rooms = createRooms({
    config,
    storage,
    authenticate: forSockets(authenticate),
    clock,
    logger,
    metrics,
  })
  titles.readWith((listId) => rooms.readTitle(listId))
  const mail = openMail(config, logger)
  if (mail !== null) stop.opened('mail', async () => mail.close())
  const accounts = openAccounts({
    config,
    mail,
    connectionString,
    secret,
    storage,
    tokens,
    introduce,
    clock,
    logger,
    stop,
    onError: (error) => faults.report(error),
    endSessions: (userId, sessionId) => rooms.endSessions(userId, sessionId),
  })
  const webDir = resolve(config.webDir ?? REFERENCE_APP)
  return startApp({
    config,
    storage,
    rooms,
    tokens,
    accounts,
    mail,
    authenticate,
    life,
    metrics,
    logger,
    clock,
    webDir,
    stop,
  })
}

async function secretOf(config: Config, logger: Logger): Promise<string> {
  if (config.jwtSecret !== null) return config.jwtSecret
  const { secret, isNew } = await storedSecret(config.dataDir)
  if (isNew) logger.info({ file: resolve(config.dataDir, SECRET_FILE) }, 'secret.generated')
  return secret
}
