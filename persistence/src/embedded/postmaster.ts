import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { childEnvironment, type Environment } from '../environment.ts'
import { StorageError } from '../errors.ts'
import { type Account, giveTo, invocation } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { processesIn, processIsAlive, readPostmasterFile, servesDirectory } from './postmaster-file.ts'
import { run } from './run.ts'

/** A server process that serves the cluster, ours or one left over by an earlier run. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

export interface Host {
  readonly binaries: Binaries
  readonly account: Account
  readonly cluster: Cluster
  readonly environment: Environment
}

const startTimeoutMs = 120_000
const pollMs = 15

// Durability is stated here and not left to postgresql.conf: a start never runs with less.
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '128MB',
  // Updates are a few hundred bytes: compiling queries costs more than running them.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // A failed statement is reported to its caller; in this file it would only put people's items into a log.
  log_min_error_statement: 'panic',
  log_min_messages: 'warning',
}

/** The living server of this cluster, or null; waits while one is on its way up or down. */
export async function findPostmaster(host: Host): Promise<Postmaster | null> {
  const { cluster, environment } = host
  const deadline = environment.monotonicMs() + startTimeoutMs
  for (;;) {
    const file = await readPostmasterFile(cluster.directory)
    if (file === null || !(await servesDirectory(file.pid, cluster.directory))) return null
    if (file.status === 'ready') return { pid: file.pid, port: file.port }
    if (environment.monotonicMs() > deadline) {
      throw new StorageError(
        'embedded-in-use',
        `Process ${file.pid} holds ${cluster.directory} but does not get ready.`,
      )
    }
    await environment.sleep(pollMs)
  }
}

/** Starts a server on `port` (0: any free one) and waits until it accepts connections, crash recovery included. */
export async function startPostmaster(host: Host, port: number): Promise<Postmaster> {
  await clearStaleFile(host)
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(host, port === 0 ? await freePort() : port)
    } catch (error) {
      // Between finding a free port and using it another program may take it.
      const retry =
        port === 0 && attempt < 5 && error instanceof StorageError && error.code === 'embedded-port-taken'
      if (!retry) throw error
    }
  }
}

async function startOnce(host: Host, port: number): Promise<Postmaster> {
  const { binaries, account, cluster, environment } = host
  const log = await open(cluster.logFile, 'w', 0o600)
  let child: ChildProcess
  try {
    await giveTo(account, cluster.logFile)
    const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ])
    const { file, args, ...identity } = invocation(account, binaries.postgres, [
      '-D',
      cluster.directory,
      ...options,
    ])
    child = spawn(file, args, {
      ...identity,
      cwd: '/',
      env: childEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      // A session of its own: Ctrl-C goes to the terminal's whole process group and would stop the database before we have drained.
      detached: true,
    })
  } finally {
    await log.close()
  }
  let ended = false
  child.once('error', () => {
    ended = true
  })
  child.once('exit', () => {
    ended = true
  })
  child.unref()
  const deadline = environment.monotonicMs() + startTimeoutMs
  while (!ended) {
    const file = await readPostmasterFile(cluster.directory)
    if (file !== null && file.pid === child.pid && file.status === 'ready') return { pid: file.pid, port }
    if (environment.monotonicMs() > deadline) {
      child.kill('SIGQUIT')
      throw new StorageError(
        'embedded-start-failed',
        `PostgreSQL was not ready in time: ${await lastLines(host)}`,
      )
    }
    await environment.sleep(pollMs)
  }
  // First who holds the folder now: of two that start at once, what the loser wrote into their common log may be overwritten.
  const winner = await readPostmasterFile(cluster.directory)
  if (winner !== null && winner.pid !== child.pid && (await servesDirectory(winner.pid, cluster.directory))) {
    throw new StorageError('embedded-in-use', `Process ${winner.pid} holds ${cluster.directory}.`)
  }
  const said = await lastLines(host)
  if (/could not bind|could not create any TCP\/IP sockets/.test(said)) {
    throw new StorageError('embedded-port-taken', `Port ${port} is in use.`)
  }
  if (/database files are incompatible/.test(said)) {
    throw new StorageError(
      'embedded-version',
      `${cluster.directory} was made by another PostgreSQL version: ${said}`,
    )
  }
  const lockHolder = /\(PID (\d+)\)/.exec(said)?.[1]
  if (lockHolder !== undefined) {
    throw new StorageError('embedded-in-use', `Process ${lockHolder} holds ${cluster.directory}.`)
  }
  throw new StorageError('embedded-start-failed', `PostgreSQL ended while starting: ${said}`)
}

/** Stops the server: first as PostgreSQL's "fast" shutdown (nothing lost, no recovery needed), at the deadline as a crash. */
export async function stopPostmaster(host: Host, pid: number, deadlineMs = 30_000): Promise<void> {
  const { cluster, environment } = host
  const isGone = async (): Promise<boolean> => {
    const file = await readPostmasterFile(cluster.directory)
    return file?.pid !== pid || !(await servesDirectory(pid, cluster.directory))
  }
  const waitUntilGone = async (ms: number): Promise<boolean> => {
    const deadline = environment.monotonicMs() + ms
    while (!(await isGone())) {
      if (environment.monotonicMs() > deadline) return false
      await environment.sleep(pollMs)
    }
    return true
  }
  if (await isGone()) return
  await shutDown(host, pid, 'fast')
  if (await waitUntilGone(deadlineMs)) return
  await shutDown(host, pid, 'immediate')
  if (await waitUntilGone(10_000)) return
  throw new StorageError('embedded-in-use', `Process ${pid} does not let go of ${cluster.directory}.`)
}

async function shutDown(host: Host, pid: number, mode: 'fast' | 'immediate'): Promise<void> {
  if (process.platform === 'win32') {
    await run({ file: host.binaries.pgCtl, args: ['stop', '-D', host.cluster.directory, '-m', mode] })
    return
  }
  try {
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw new StorageError('embedded-in-use', `Process ${pid} belongs to somebody else.`, { cause: error })
    }
  }
}

/**
 * Removes a `postmaster.pid` whose server is gone and waits for children that outlived it.
 *
 * PostgreSQL does this itself unless another program now carries the dead server's pid, which is the rule after a container restart.
 */
async function clearStaleFile({ cluster, environment }: Host): Promise<void> {
  const deadline = environment.monotonicMs() + 10_000
  for (;;) {
    const orphans = await processesIn(cluster.directory)
    if (orphans.length === 0) break
    if (environment.monotonicMs() > deadline) {
      throw new StorageError(
        'embedded-in-use',
        `Processes ${orphans.join(', ')} still use ${cluster.directory}.`,
      )
    }
    await environment.sleep(pollMs)
  }
  const file = await readPostmasterFile(cluster.directory)
  const reused =
    file !== null && processIsAlive(file.pid) && !(await servesDirectory(file.pid, cluster.directory))
  if (reused) await rm(join(cluster.directory, 'postmaster.pid'), { force: true })
}

async function lastLines({ cluster }: Host): Promise<string> {
  const text = await readFile(cluster.logFile, 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-6).join(' | ')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
