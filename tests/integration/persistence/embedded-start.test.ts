import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { embeddedState } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tcpProxy } from '../../support/proxy.ts'
import { until } from '../../support/until.ts'
import {
  holdInAnotherProcess,
  killHard,
  leaveMark,
  marks,
  oneValue,
  type Workshop,
  workshop,
} from './embedded-support.ts'

describe('embedded PostgreSQL', () => {
  let shop: Workshop
  beforeEach(async () => {
    shop = await workshop()
  })
  afterEach(() => shop.close())

  it('[PG-1][T-20] is a PostgreSQL 18 that waits for the disk, and keeps what was in it', async () => {
    const first = await shop.start()
    expect(await oneValue(first.connectionString(), 'SHOW server_version')).toMatch(/^18\./)
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']) {
      expect(await oneValue(first.connectionString(), `SHOW ${setting}`)).toBe('on')
    }
    await leaveMark(first.connectionString(), 'milk')
    await first.stop()
    await first.stop()
    const second = await shop.start()
    expect(await marks(second.connectionString())).toBe('milk')
  })

  it('[PG-8] listens on 127.0.0.1 only, and lets nobody in without the password of its data directory', async () => {
    const postgres = await shop.start()
    expect(await oneValue(postgres.connectionString(), 'SHOW listen_addresses')).toBe('127.0.0.1')
    const elsewhere = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    for (const { address, internal, family } of elsewhere) {
      if (internal || family !== 'IPv4') continue
      const proxy = await tcpProxy({ host: address, port: postgres.port })
      const url = new URL(postgres.connectionString())
      url.port = String(proxy.port)
      await expect(oneValue(url.href, 'SELECT 1')).rejects.toThrow()
      await proxy.close()
    }
    const url = new URL(postgres.connectionString())
    url.password = 'guess'
    await expect(oneValue(url.href, 'SELECT 1')).rejects.toThrow(/password/)
    const secret = await stat(join(shop.dataDir, 'pgdata', 'tandem.password'))
    expect(secret.mode & 0o077).toBe(0)
  })

  it('[PG-3] takes over a server whose owner was killed', async () => {
    const holder = await holdInAnotherProcess(shop.dataDir)
    await leaveMark(holder.url, 'bread')
    await holder.kill()
    const postgres = await shop.start()
    expect(postgres.pid).toBe(holder.postgresPid)
    expect(await marks(postgres.connectionString())).toBe('bread')
  })

  it('[PG-3] recovers after owner and server were both killed', async () => {
    const holder = await holdInAnotherProcess(shop.dataDir)
    await leaveMark(holder.url, 'butter')
    await holder.kill()
    await killHard(holder.postgresPid)
    const postgres = await shop.start()
    expect(postgres.pid).not.toBe(holder.postgresPid)
    expect(await marks(postgres.connectionString())).toBe('butter')
  })

  it('[PG-3] is not misled by a lock file whose process number another program has now', async () => {
    const holder = await holdInAnotherProcess(shop.dataDir)
    await leaveMark(holder.url, 'eggs')
    await holder.kill()
    await killHard(holder.postgresPid)
    const other = spawn('sleep', ['60'])
    const lockFile = join(shop.dataDir, 'pgdata', 'postmaster.pid')
    const lines = (await readFile(lockFile, 'utf8')).split('\n')
    await writeFile(lockFile, [String(other.pid), ...lines.slice(1)].join('\n'))
    const postgres = await shop.start()
    expect(await marks(postgres.connectionString())).toBe('eggs')
    expect(other.exitCode).toBe(null)
    other.kill()
  })

  it('[PG-6] is started again, on the same port, when it is killed while in use', async () => {
    const postgres = await shop.start()
    const url = postgres.connectionString()
    await leaveMark(url, 'salt')
    for (let round = 1; round <= 2; round++) {
      const before = postgres.pid
      await killHard(before)
      await until(async () => (await marks(url)) === 'salt', { what: 'the database to answer again' })
      await until(() => postgres.pid !== before, { what: 'the new process to be known' })
      expect(postgres.connectionString()).toBe(url)
    }
  })

  it('[PG-4] names the process and the folder when another Tandem uses them, and leaves it alone', async () => {
    const holder = await holdInAnotherProcess(shop.dataDir)
    await leaveMark(holder.url, 'tea')
    const refusal = await shop.start().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'embedded-in-use' })
    expect(String(refusal)).toContain(String(holder.pid))
    expect(String(refusal)).toContain(join(shop.dataDir, 'pgdata'))
    expect(await marks(holder.url)).toBe('tea')
    await holder.stop()
  })

  it('[PG-4] of two that start at once in an empty folder exactly one gets it', async () => {
    const results = await Promise.allSettled([shop.start(), shop.start()])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'embedded-in-use' })
  })

  it('[PG-7] a first start that was interrupted is done again', async () => {
    const gone = spawn('true')
    await new Promise((resolve) => gone.once('exit', resolve))
    const halfDone = join(shop.dataDir, `pgdata.new-${gone.pid}-0badcafe`)
    await mkdir(join(halfDone, 'base'), { recursive: true })
    await writeFile(join(halfDone, 'PG_VERSION'), '18\n')
    const postgres = await shop.start()
    expect(await oneValue(postgres.connectionString(), 'SELECT 1')).toBe(1)
    expect((await readdir(shop.dataDir)).sort()).toEqual(['pgdata', 'pgdata.log'])
  })

  it('[PG-7] what it did not make is never deleted', async () => {
    const precious = join(shop.dataDir, 'pgdata', 'base', 'precious')
    await mkdir(join(shop.dataDir, 'pgdata', 'base'), { recursive: true })
    await writeFile(precious, 'years of work')
    await expect(shop.start()).rejects.toMatchObject({ code: 'embedded-not-a-cluster' })
    expect(await readFile(precious, 'utf8')).toBe('years of work')
  })

  it('[PG-7] data of another PostgreSQL version is an error and stays as it is', async () => {
    await (await shop.start()).stop()
    const version = join(shop.dataDir, 'pgdata', 'PG_VERSION')
    await writeFile(version, '15\n')
    await expect(shop.start()).rejects.toMatchObject({ code: 'embedded-version' })
    await writeFile(version, '18\n')
    expect(await oneValue((await shop.start()).connectionString(), 'SELECT 1')).toBe(1)
  })

  it('[PG-8] uses the port it is given, moves a server left on another, and says when it is taken', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    const address = blocker.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(shop.start({ port })).rejects.toMatchObject({ code: 'embedded-port-taken' })
    await new Promise((resolve) => blocker.close(resolve))
    const holder = await holdInAnotherProcess(shop.dataDir)
    await holder.kill()
    expect(holder.port).not.toBe(port)
    const postgres = await shop.start({ port })
    expect([postgres.port, new URL(postgres.connectionString()).port]).toEqual([port, String(port)])
    expect(await oneValue(postgres.connectionString(), 'SELECT 1')).toBe(1)
  })

  it('[PG-9] can be looked at without being started or claimed', async () => {
    expect(await embeddedState(shop.dataDir)).toEqual({ state: 'absent' })
    const postgres = await shop.start()
    expect(await embeddedState(shop.dataDir)).toEqual({
      state: 'running',
      connectionString: postgres.connectionString(),
    })
    await postgres.stop()
    expect(await embeddedState(shop.dataDir)).toEqual({ state: 'stopped' })
  })
})
