import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tandem/persistence'
import { processIsAlive } from '../../../persistence/src/embedded/postmaster-file.ts'
import { withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

const script = fileURLToPath(new URL('./hold-embedded.ts', import.meta.url))

export interface Holder {
  readonly pid: number
  readonly postgresPid: number
  readonly port: number
  readonly url: string
  readonly uid: number
  readonly lines: readonly string[]
  kill(): Promise<void>
  stop(): Promise<void>
}

interface SpawnHolder {
  readonly uid?: number
  readonly gid?: number
  readonly env?: Record<string, string>
}

/** Another process that starts the embedded PostgreSQL of `dataDir` and holds it; rejects with what it said when it cannot. */
export async function holdInAnotherProcess(dataDir: string, options: SpawnHolder = {}): Promise<Holder> {
  const child = spawn(process.execPath, [script, dataDir], { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  let complained = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString()
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let over = false
  let unstartable: Error | null = null
  child.once('error', (error) => {
    unstartable = error
    over = true
  })
  void ended.then(() => {
    over = true
  })
  await until(() => over || said.includes('\n'), { timeoutMs: 60_000, what: 'the other process to be up' })
  if (!said.includes('\n')) throw unstartable ?? new Error(complained)
  const answer = JSON.parse(said) as { error?: { message: string; code: string }; pid: number } & Holder
  if (answer.error !== undefined)
    throw Object.assign(new Error(answer.error.message), { code: answer.error.code })
  return {
    pid: child.pid ?? 0,
    postgresPid: answer.pid,
    port: answer.port,
    url: answer.url,
    uid: answer.uid,
    lines: answer.lines,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}

export interface Workshop {
  readonly dataDir: string
  readonly log: string[]
  start(options?: { port?: number }): Promise<EmbeddedPostgres>
  close(): Promise<void>
}

/** A data directory of its own; whatever was started in it is stopped at the end. */
export async function workshop(): Promise<Workshop> {
  const root = await mkdtemp(join(tmpdir(), 'tandem-embedded-'))
  await chmod(root, 0o755)
  const dataDir = join(root, 'data')
  const started: EmbeddedPostgres[] = []
  const log: string[] = []
  return {
    dataDir,
    log,
    start: async (options = {}) => {
      const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => log.push(line), ...options })
      started.push(postgres)
      return postgres
    },
    close: async () => {
      for (const postgres of started) await postgres.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

export async function oneValue(url: string, sql: string): Promise<unknown> {
  return withClient(url, async (client) => Object.values((await client.query<object>(sql)).rows[0] ?? {})[0])
}

/** Puts something into the database that must still be there later. */
export async function leaveMark(url: string, words: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS marks (words text)')
    await client.query('INSERT INTO marks VALUES ($1)', [words])
  })
}

export const marks = (url: string): Promise<unknown> =>
  oneValue(url, `SELECT string_agg(words, ', ' ORDER BY words) FROM marks`)

export async function killHard(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  await until(() => !processIsAlive(pid), { what: `process ${pid} to be gone` })
}
