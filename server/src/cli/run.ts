import { isStorageError, migrate, openPostgresStorage, type Storage } from '@tandem/persistence'
import { systemClock } from '../clock.ts'
import type { Environment } from '../config/environment.ts'
import { describeProblems, parseConfig } from '../config/parse.ts'
import { configHelp, configMarkdown, effectiveConfig } from '../config/render.ts'
import type { Config } from '../config/settings.ts'
import { TandemError } from '../errors.ts'
import { createStopSequence, type StopSequence } from '../stop-sequence.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import { VERSION } from '../version.ts'
import { type Command, parseCommand } from './arguments.ts'
import { anyDatabase, existingDatabase } from './database.ts'
import { dump } from './dump.ts'
import { describeFault } from './faults.ts'
import { helpText } from './help.ts'
import { resync } from './resync.ts'
import type { Terminal } from './terminal.ts'
import { verify } from './verify.ts'

/** Longest a command waits for the database it opened to close again. */
const CLOSE_LIMIT_MS = 20_000
const EXIT_USAGE = 2

export interface Surroundings {
  readonly terminal: Terminal
  readonly environment: Environment
  /** Runs the server until it is stopped; the exit code. */
  serve(config: Config): Promise<number>
}

/** Runs one command and returns its exit code: 0 fine, 1 something is wrong, 2 the command was not understood. Never rejects. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings
  try {
    return await dispatch(parseCommand(words), surroundings)
  } catch (error) {
    terminal.err(describeFault(error))
    return error instanceof TandemError && error.code === 'bad-usage' ? EXIT_USAGE : 1
  }
}

async function dispatch(command: Command, surroundings: Surroundings): Promise<number> {
  const { terminal, environment } = surroundings
  switch (command.name) {
    case 'help':
      terminal.out(helpText(command.about))
      return 0
    case 'version':
      terminal.out(VERSION)
      return 0
    case 'config':
      return showConfig(command.markdown, surroundings)
    case 'serve':
      return surroundings.serve(configOf(environment))
    case 'migrate':
      return withDatabase(configOf(environment), anyDatabase, async (url) => {
        await migrate(url)
        terminal.out('The database has the current schema.')
        return 0
      })
    case 'verify':
      return withStorage(configOf(environment), (storage) => verify(storage, terminal, command))
    case 'dump':
      return withStorage(configOf(environment), (storage) => dump(storage.log, terminal, command))
    case 'resync':
      return withStorage(configOf(environment), (storage) => resync(storage, terminal, command))
  }
}

function showConfig(asMarkdown: boolean, { terminal, environment }: Surroundings): number {
  if (asMarkdown) {
    terminal.out(configMarkdown())
    return 0
  }
  terminal.out(`${configHelp()}\n\nIn effect (* set by the environment):\n\n${effectiveConfig(environment)}`)
  configOf(environment)
  return 0
}

function configOf(environment: Environment): Config {
  const parsed = parseConfig(environment)
  if (parsed.ok) return parsed.config
  throw new TandemError('bad-configuration', describeProblems(parsed.problems))
}

type FindDatabase = typeof existingDatabase

async function withDatabase(
  config: Config,
  find: FindDatabase,
  work: (url: string, stop: StopSequence) => Promise<number>,
): Promise<number> {
  const logger = commandLogger()
  const stop = createStopSequence(systemClock, logger)
  try {
    return await work(await find({ config, logger, stop }), stop)
  } finally {
    await stop.run(CLOSE_LIMIT_MS)
  }
}

function withStorage(config: Config, work: (storage: Storage) => Promise<number>): Promise<number> {
  return withDatabase(config, existingDatabase, async (connectionString, stop) => {
    const storage = await openPostgresStorage({ connectionString, maxConnections: 2 })
    stop.opened('storage', (remainingMs) => storage.close(remainingMs))
    return work(storage).catch((error: unknown) => {
      if (!isStorageError(error, 'unknown-list')) throw error
      throw new TandemError('no-data', 'There is no list with this id.', { cause: error })
    })
  })
}

/** Commands speak through their terminal; only what went wrong underneath is logged. */
function commandLogger(): Logger {
  return createLogger({ level: 'error', sink: process.stderr })
}
