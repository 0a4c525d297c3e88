import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Environment, systemEnvironment } from '../environment.ts'
import { reasonOf, StorageError } from '../errors.ts'
import { chooseAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { openCluster } from './cluster.ts'
import { type LifeCycle, transition } from './life-cycle.ts'
import { claim, connectionString, type Ownership } from './ownership.ts'
import { findPostmaster, type Host, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'

export interface EmbeddedPostgresOptions {
  /** Holds `pgdata` (the cluster), `pgdata.log` and nothing else; created when missing. */
  readonly dataDir: string
  /** 127.0.0.1 only. Left out: any free port. */
  readonly port?: number
  readonly log?: (line: string) => void
  readonly environment?: Environment
}

export interface EmbeddedPostgres {
  /** URL with the generated password; without a name the database `tandem`, which exists. */
  connectionString(database?: string): string
  /** Of the current server process; another one after a crash. */
  readonly pid: number
  readonly port: number
  /** Shuts the database down cleanly. Repeating it is harmless. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL in `dataDir` with fsync on.
 *
 * A server left over by a killed process is taken over, a crashed one recovers, and one that dies while we run is started again on
 * the same port. Throws `embedded-in-use` naming the process when another one holds the directory.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const environment = options.environment ?? systemEnvironment
  const log = options.log ?? (() => {})
  const binaries = await findBinaries()
  const account = await chooseAccount(binaries, resolve(options.dataDir))
  const dataDir = await realpath(options.dataDir)
  const cluster = await openCluster(dataDir, binaries, account)
  const host: Host = { binaries, account, cluster, environment }

  let state: LifeCycle = { name: 'down' }
  let recovery: Promise<void> = Promise.resolve()
  const stopped = new AbortController()

  const lost = (): void => {
    const before = state
    const after = transition(before, { name: 'lost' })
    state = after
    if (before !== after && after.name === 'recovering') recovery = recover(after.port)
  }
  // Supervised: every failure is logged and tried again until stop.
  const recover = async (port: number): Promise<void> => {
    for (let waitMs = 50; state.name === 'recovering'; waitMs = Math.min(waitMs * 2, 2_000)) {
      try {
        log(`PostgreSQL is gone, starting it again on port ${port}`)
        const next = await attach(host, port, { log, onLost: lost })
        state = transition(state, { name: 'attached', ...next })
        if (state.name !== 'up') await next.ownership.release()
        return
      } catch (error) {
        log(`PostgreSQL did not start: ${reasonOf(error)}`)
        await environment.sleep(waitMs, stopped.signal)
      }
    }
  }

  const first = await attach(host, options.port ?? 0, { log, onLost: lost })
  state = transition(state, { name: 'attached', ...first })
  let known = first.server
  let stopping: Promise<void> | null = null

  const stop = async (): Promise<void> => {
    const last = state
    state = transition(state, { name: 'stop' })
    stopped.abort()
    await recovery
    if (last.name === 'up') await last.ownership.release()
    const server = await findPostmaster(host)
    if (server !== null) await stopPostmaster(host, server.pid)
    log('PostgreSQL has stopped')
  }
  const current = (): Postmaster => {
    if (state.name === 'up') known = state.server
    return known
  }
  return {
    connectionString: (database = 'tandem') => connectionString(cluster, current().port, database),
    get pid() {
      return current().pid
    },
    get port() {
      return current().port
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

async function attach(
  host: Host,
  port: number,
  { log, onLost }: { log: (line: string) => void; onLost: () => void },
): Promise<{ server: Postmaster; ownership: Ownership }> {
  for (let attempt = 1; attempt <= 20; attempt++) {
    let server = await findPostmaster(host)
    if (server !== null && port !== 0 && server.port !== port) {
      const ownership = await claim(host, server, () => {})
      if (ownership !== null) {
        log(`PostgreSQL ${server.pid} runs on port ${server.port}, restarting it on ${port}`)
        await ownership.release()
        await stopPostmaster(host, server.pid)
        server = null
      }
    }
    const found = server !== null
    server ??= await startPostmaster(host, port)
    const ownership = await claim(host, server, onLost)
    if (ownership !== null) {
      log(
        `PostgreSQL ${server.pid} ${found ? 'was still running and is taken over' : 'runs'} on 127.0.0.1:${server.port}`,
      )
      return { server, ownership }
    }
    // It was on its way down: look again.
    await host.environment.sleep(50)
  }
  throw new StorageError('embedded-start-failed', `The server in ${host.cluster.directory} does not answer.`)
}
