import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freshDatabase } from './postgres.ts'
import { until } from './until.ts'

/** Fixed, so that tokens outlive a server that a test kills and starts again. */
export const TEST_JWT_SECRET = 'tests-only-secret-tests-only-secret-0123456789'

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

/** Some 150 servers start in a run, each with the same modules: compiled once, they take half the time. */
export const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url))

export interface StartServerOptions {
  readonly env?: Record<string, string>
  /** Default: a fresh database, dropped by `stop`. `null`: let the server run its own embedded PostgreSQL. */
  readonly databaseUrl?: string | null
  /** How long to wait for the ready line; default 45,000. */
  readonly readyWithinMs?: number
}

export interface RunningServer {
  readonly url: string
  readonly wsUrl: string
  readonly port: number
  readonly pid: number
  readonly databaseUrl: string | null
  readonly dataDir: string
  /** Sends the signal (default SIGKILL) and resolves once the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Asks politely, then kills; removes what `startServer` made. */
  stop(): Promise<void>
  /** Everything printed so far, standard output and error together. */
  output(): string
  /** Null while it runs. */
  exitCode(): number | null
}

/** Runs the real server as a process of its own, on a port of its own, and waits until it says that it is ready. */
export async function startServer(o: StartServerOptions = {}): Promise<RunningServer> {
  const database = o.databaseUrl === undefined ? await freshDatabase() : null
  const databaseUrl = database?.url ?? o.databaseUrl ?? null
  const dataDir = o.env?.['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'tandem-server-')))
  const cleanUp = async (): Promise<void> => {
    if (o.env?.['DATA_DIR'] === undefined) await rm(dataDir, { recursive: true, force: true })
    await database?.drop()
  }

  const child = spawn(process.execPath, [MAIN, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited(),
      NODE_COMPILE_CACHE: COMPILED,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
      ...o.env,
    },
  })
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (!isGone()) child.kill(signal)
    await exited
    process.off('exit', killWithUs)
  }
  const stop = async (): Promise<void> => {
    if (!isGone()) child.kill('SIGTERM')
    await until(isGone, { timeoutMs: 15_000 }).catch(() => child.kill('SIGKILL'))
    await kill()
    await cleanUp()
  }

  const readyUrl = (): string | null => /^.*ready.*?(https?:\/\/[^\s"',]+)/m.exec(printed)?.[1] ?? null
  await until(() => readyUrl() !== null || isGone(), {
    timeoutMs: o.readyWithinMs ?? 45_000,
    what: 'ready line',
  }).catch(async (error) => {
    await stop()
    throw new Error(`${(error as Error).message}\n${printed}`)
  })
  const url = readyUrl()?.replace(/\/$/, '')
  if (url === undefined) {
    await cleanUp()
    throw new Error(`The server ended before it was ready (code ${child.exitCode}):\n${printed}`)
  }
  return {
    url,
    wsUrl: url.replace(/^http/, 'ws'),
    port: Number(new URL(url).port),
    pid: pidOf(child),
    databaseUrl,
    dataDir,
    kill,
    stop,
    output: () => printed,
    exitCode: () => child.exitCode,
  }
}

/** Only what a process needs to run: a developer's own DATABASE_URL or PORT must not leak into tests. */
function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_OPTIONS', 'NODE_V8_COVERAGE', 'WEB_DIR']
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The server process could not be started')
  return child.pid
}
