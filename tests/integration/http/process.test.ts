import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createList, guest } from '../../support/people.ts'
import { freshDatabase, withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from './ask.ts'
import { runTandem } from './run-tandem.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tandem-process-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Its own embedded PostgreSQL and its own generated secret. */
const embedded = (dataDir: string, env: Record<string, string> = {}): Promise<RunningServer> =>
  startServer({ databaseUrl: null, env: { DATA_DIR: dataDir, AUTH_JWT_SECRET: '', ...env } })

describe('start and stop', () => {
  it('[OPS-3] a fresh start, a polite stop, a kill: lists and tokens are there after each', {
    timeout: 60_000,
  }, async () => {
    const dataDir = join(root, 'lives')
    const first = await embedded(dataDir)
    const ana = await guest(first.url, 'Ana')
    const { id } = await createList(first.url, ana.token, { title: 'Kept' })
    const ready = first
      .output()
      .split('\n')
      .filter((line) => line.includes('ready'))
    expect(ready).toEqual([`tandem ready on ${first.url}`])
    await first.kill('SIGTERM')
    expect(first.exitCode()).toBe(0)
    expect(first.output()).toContain('server.stopped')

    const second = await embedded(dataDir)
    expect((await ask(`${second.url}/api/v1/lists/${id}`, { token: ana.token })).body).toMatchObject({
      title: 'Kept',
    })
    const later = await createList(second.url, ana.token, { title: 'Kept too' })
    await second.kill('SIGKILL')

    const third = await embedded(dataDir)
    const { body } = await ask(`${third.url}/api/v1/lists`, { token: ana.token })
    expect(body).toMatchObject({ lists: [{ id }, { id: later.id, title: 'Kept too' }] })
    await third.kill('SIGINT')
    expect(third.exitCode()).toBe(0)
  })

  it('[DUR-7] a stop answers the requests under way, keeps what it answered, and ends in time', async () => {
    const server = await startServer()
    const { databaseUrl } = server
    if (databaseUrl === null) throw new Error('a database of our own')
    const ana = await guest(server.url, 'Ana')
    const made: string[] = []
    const create = async (n: number): Promise<void> => {
      const answer = await ask(`${server.url}/api/v1/lists`, {
        token: ana.token,
        json: { title: `List ${n}` },
      })
      if (answer.status === 201) made.push((answer.body as { id: string }).id)
      else expect(answer.body).toMatchObject({ code: 'draining', retryable: true })
    }
    const underway = Array.from({ length: 60 }, (_, n) => create(n))
    await until(() => made.length > 0, { what: 'the first answer' })
    const stopped = server.kill('SIGTERM')
    await Promise.allSettled(underway)
    await stopped
    expect(server.exitCode(), server.output()).toBe(0)
    const rows = await withClient(databaseUrl, (client) =>
      client.query('SELECT id FROM lists WHERE id = ANY($1) AND head_seq = 1', [made]),
    )
    expect(rows.rowCount).toBe(made.length)
    await server.stop()
  })

  it('[SOCK-5][W-24] a promise that nobody handles is counted and logged, and the process goes on', async () => {
    const saboteur = fileURLToPath(new URL('saboteur.ts', import.meta.url))
    const server = await startServer({ env: { NODE_OPTIONS: `--import ${saboteur}` } })
    process.kill(server.pid, 'SIGUSR2')
    await until(() => server.output().includes('process.unhandled-rejection'), { what: 'the log line' })
    expect(server.output()).toContain('nobody handles this')
    expect((await ask(`${server.url}/health/ready`)).status).toBe(200)
    expect((await ask(`${server.url}/metrics`)).text).toContain('tandem_unhandled_rejections_total 1')
    await server.stop()
  })

  it('[SOCK-5] an exception at the top of the process ends it with 1, in order', async () => {
    const saboteur = fileURLToPath(new URL('saboteur.ts', import.meta.url))
    const server = await startServer({ env: { NODE_OPTIONS: `--import ${saboteur}`, SABOTAGE: 'throw' } })
    process.kill(server.pid, 'SIGUSR2')
    await until(() => server.exitCode() !== null, { what: 'the end of the process' })
    expect(server.exitCode()).toBe(1)
    expect(server.output()).toMatch(/process\.uncaught-exception[\s\S]*server\.stopped/)
    await server.stop()
  })
})

describe('what keeps it from starting', () => {
  it('[OPS-4] a port in use names the address and the way out', async () => {
    const running = await startServer()
    const database = await freshDatabase()
    const failed = await runTandem(['serve'], {
      PORT: String(running.port),
      DATABASE_URL: database.url,
      DATA_DIR: join(root, 'port'),
    })
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).toContain(`127.0.0.1:${running.port} is taken.`)
    expect(failed.err).toContain('choose another port')
    await running.stop()
    await database.drop()
  })

  it('[PG-4][OPS-4] a data directory in use names the process that uses it, which is not disturbed', {
    timeout: 60_000,
  }, async () => {
    const dataDir = join(root, 'held')
    const running = await embedded(dataDir)
    const failed = await runTandem(['serve'], { DATA_DIR: dataDir, PORT: '0' })
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).toContain(`Process ${running.pid}`)
    expect((await ask(`${running.url}/health/ready`)).status).toBe(200)
    await running.kill('SIGTERM')
  })

  it.each([
    ['unreachable', 'postgres://u:hunter2@127.0.0.1:1/d', /No connection to the database: \S/],
    ['not a URL of PostgreSQL', 'mysql://u:hunter2@127.0.0.1/d', /DATABASE_URL\n[\s\S]*postgres:\/\//],
  ])('[CFG-2][OPS-4] a DATABASE_URL that is %s says so, without its password', async (_, url, expected) => {
    const failed = await runTandem(['serve'], { DATABASE_URL: url, DATA_DIR: join(root, 'none'), PORT: '0' })
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).toMatch(expected)
    expect(failed.err).not.toContain('hunter2')
    expect(failed.err).not.toMatch(/\n\s+at /)
  })

  it('[CFG-3][Z-01] a sample secret with NODE_ENV=production', async () => {
    const failed = await runTandem(['serve'], {
      NODE_ENV: 'production',
      AUTH_JWT_SECRET: 'your-super-secret-jwt-key-change-this-in-production',
      DATA_DIR: join(root, 'none'),
    })
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).toMatch(/AUTH_JWT_SECRET[\s\S]*copied from an example/)
    expect(failed.err).not.toContain('your-super-secret')
  })

  it('[OPS-4] a data directory that is a file', async () => {
    const file = join(root, 'a-file')
    await writeFile(file, '')
    const failed = await runTandem(['serve'], { DATA_DIR: join(file, 'data'), PORT: '0' })
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).toContain('What to do')
    expect(failed.err).not.toMatch(/\n\s+at /)
  })
})
