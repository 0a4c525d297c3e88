import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type ListId, type NewUpdate, openPostgresStorage, type Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSession } from '../../../persistence/src/postgres/session.ts'
import { appendMany, newList, updateOf } from '../../contract/persistence/harness.ts'
import { type PostgresHarness, postgresHarness } from '../../contract/persistence/postgres-harness.ts'
import { isLong } from '../../support/long.ts'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'

/** Each way: a round trip takes twice as long. The whole way from a page is tested with 5 s in any case. */
const LATENCY_MS = isLong ? 2_500 : 500

describe('the log while the database is in trouble', () => {
  let harness: PostgresHarness
  let storage: Storage
  let list: ListId
  beforeEach(async () => {
    harness = await postgresHarness()
    storage = await harness.open()
    list = await newList(storage)
  })
  afterEach(() => harness.close())

  const storedOnce = async (ids: readonly string[]): Promise<void> => {
    const { updates, damage } = await storage.log.readSince(list, 0, 100_000)
    expect(damage).toEqual([])
    expect(updates.map((row) => row.opId).sort()).toEqual([...ids].sort())
  }

  it('[DUR-5][V-02] appends wait for a database that is gone, health says so, and all are stored when it is back', async () => {
    await appendMany(storage, list, 3)
    const states: string[] = []
    storage.log.onHealth((health) => states.push(health.state))
    const proxy = harness.proxyOf(storage)
    proxy.dropNewConnections(true)
    proxy.cut()
    const updates: NewUpdate[] = []
    const appends: Promise<unknown>[] = []
    let done = 0
    for (let n = 0; n < 500; n++) {
      const update = updateOf(list)
      updates.push(update)
      appends.push(storage.log.append(update).then(() => (done += 1)))
      // Some arrive while the first batch is on its way to nowhere.
      if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await until(() => storage.log.health().state === 'failing', { what: 'the trouble to be known' })
    const tries = proxy.accepted
    await until(() => proxy.accepted > tries + 3, { what: 'a few more tries' })
    expect([done, storage.log.health().queued]).toEqual([0, 500])
    await expect(storage.ping()).rejects.toMatchObject({ code: 'storage-unreachable' })
    await expect(storage.log.load(list)).rejects.toMatchObject({ code: 'storage-unreachable' })

    proxy.dropNewConnections(false)
    await Promise.all(appends)
    // Failing may be said again with another reason, ok only once.
    expect([states[0], states.at(-1), states.filter((state) => state === 'ok').length]).toEqual([
      'failing',
      'ok',
      1,
    ])
    await until(() => storage.log.health().queued === 0, { what: 'the count to follow' })
    await storage.ping()
    const { updates: stored } = await storage.log.readSince(list, 3, 1_000)
    expect(stored.map((row) => row.opId)).toEqual(updates.map((update) => update.opId))
  })

  it('[DUR-5] updates that arrive during an outage do not become tries', async () => {
    const proxy = harness.proxyOf(storage)
    proxy.dropNewConnections(true)
    proxy.cut()
    const appends: Promise<unknown>[] = []
    const from = { tries: proxy.accepted, at: performance.now() }
    await until(() => {
      appends.push(storage.log.append(updateOf(list)))
      return performance.now() - from.at > 1_500 && appends.length > 20
    })
    // Waiting 25 ms, 50 ms … up to a second, for appends and for the bus.
    expect(proxy.accepted - from.tries).toBeLessThan(25)
    proxy.dropNewConnections(false)
    await Promise.all(appends)
  })

  it('[LOG-2][E-08][T-14] connections cut at random moments, answers lost: every update is stored exactly once', async () => {
    const random = seededRandom('cut connections')
    const proxy = harness.proxyOf(storage)
    const ids: string[] = []
    const answered = new Set<string>()
    const appends: Promise<unknown>[] = []
    let lostAnswers = 0
    for (let round = 0; round < 60; round++) {
      const holdAnswers = random.int(2) === 0
      if (holdAnswers) proxy.pause('down')
      for (let n = random.int(20); n >= 0; n--) {
        const update = updateOf(list)
        ids.push(update.opId)
        appends.push(storage.log.append(update).then(() => answered.add(update.opId)))
      }
      // Reading over another connection also gives the batch time to get somewhere: sent, committed, or not even connected.
      const stored = await harness.sql<{ id: string }>('SELECT op_id AS id FROM list_updates')
      if (holdAnswers) lostAnswers += stored.filter(({ id }) => !answered.has(id)).length
      proxy.cut()
      proxy.resume()
      if (random.int(3) === 0) await Promise.all(appends)
    }
    await Promise.all(appends)
    expect(lostAnswers).toBeGreaterThan(20)
    await storedOnce(ids)
  })

  it('[LOG-2] an update that committed after its author gave up waiting is not stored again', async () => {
    const update = updateOf(list)
    const proxy = harness.proxyOf(storage)
    await appendMany(storage, list, 1)
    proxy.pause('down')
    const appending = storage.log.append(update)
    const stored = async (): Promise<boolean> =>
      (await harness.sql('SELECT 1 FROM list_updates WHERE op_id = $1', [update.opId])).length === 1
    await until(stored, { what: 'the commit whose answer is held back' })
    proxy.cut()
    proxy.resume()
    expect((await appending).seq).toBe(2)
    expect(await storage.log.head(list)).toBe(2)
  })

  it(`[DUR-5][V-04] a database ${(2 * LATENCY_MS) / 1_000} s away means larger batches, not failures`, {
    timeout: 120_000,
  }, async () => {
    await appendMany(storage, list, 1)
    const states: string[] = []
    storage.log.onHealth((health) => states.push(health.state))
    harness.proxyOf(storage).delay(LATENCY_MS)
    const first = storage.log.append(updateOf(list))
    await until(async () => (await harness.sql('SELECT 1 FROM list_updates')).length === 2, {
      what: 'the first',
    })
    const others = Array.from({ length: 300 }, () => storage.log.append(updateOf(list)))
    await Promise.all([first, ...others])
    expect(states).toEqual([])
    const [row] = await harness.sql<{ n: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS n FROM list_updates',
    )
    expect(row?.n).toBe(3)
  })

  it('[DUR-5] a connection that went silent is given up, and the batch goes over a new one', async () => {
    const impatient = await openPostgresStorage({
      connectionString: proxied(harness, storage),
      limits: { slowAfterMs: 500, timeoutMs: 1_500 },
    })
    await appendMany(impatient, list, 1)
    const reasons: string[] = []
    impatient.log.onHealth((health) => {
      if (health.state === 'failing') reasons.push(health.reason)
    })
    const proxy = harness.proxyOf(storage)
    proxy.pause()
    const accepted = proxy.accepted
    const appending = impatient.log.append(updateOf(list))
    await until(() => reasons.some((reason) => reason.includes('no answer')), {
      what: 'the silence to be noticed',
    })
    await until(() => proxy.accepted > accepted, { what: 'a new connection' })
    proxy.resume()
    expect((await appending).seq).toBe(2)
    await until(() => impatient.log.health().state === 'ok', { what: 'health to say so' })
    await impatient.close(5_000)
  })

  it('[DUR-7] closing with the database gone rejects what could not be written, and nothing hangs', async () => {
    await appendMany(storage, list, 1)
    const proxy = harness.proxyOf(storage)
    proxy.dropNewConnections(true)
    proxy.cut()
    const appends = Promise.allSettled(Array.from({ length: 20 }, () => storage.log.append(updateOf(list))))
    await expect(storage.close(300)).rejects.toMatchObject({ code: 'storage-closed' })
    for (const result of await appends) {
      expect(result.status === 'rejected' && result.reason).toMatchObject({ code: 'storage-closed' })
    }
    const rows = await harness.sql('SELECT 1 FROM list_updates')
    expect(rows).toHaveLength(1)
  })

  it('[DUR-7] a session that ends while it connects says so to who waits for it', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const session = createSession({ connectionString: `postgres://x@127.0.0.1:${port}/x`, name: 'test' })
    const asked = session.query('SELECT 1').catch((error: unknown) => error)
    const [socket] = (await once(silent, 'connection')) as [Socket]
    const ended = session.end()
    expect(await asked).toMatchObject({ message: expect.stringContaining('given up') })
    socket.destroy()
    await ended
    silent.close()
  })

  it('[DUR-6][T-20] a database that does not wait for the disk is refused', async () => {
    const name = new URL(harness.url).pathname.slice(1)
    await harness.sql(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    await expect(openPostgresStorage({ connectionString: harness.url })).rejects.toMatchObject({
      code: 'not-durable',
    })
    await harness.sql(`ALTER DATABASE ${name} SET synchronous_commit = local`)
    await (await openPostgresStorage({ connectionString: harness.url })).close(1_000)
  })
})

function proxied(harness: PostgresHarness, storage: Storage): string {
  const url = new URL(harness.url)
  url.port = String(harness.proxyOf(storage).port)
  return url.href
}
