import { migrate, openPostgresStorage, type Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newList, updateOf } from '../../contract/persistence/harness.ts'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'
import { type Workshop, workshop } from './embedded-support.ts'

describe('PostgreSQL killed during appends', () => {
  let shop: Workshop
  let storage: Storage
  beforeEach(async () => {
    shop = await workshop()
  })
  afterEach(async () => {
    await storage.close(5_000)
    await shop.close()
  })

  it('[DUR-2][E-08][V-02] nothing acknowledged is missing, and everything accepted is there once', {
    timeout: 90_000,
  }, async () => {
    const random = seededRandom('killed PostgreSQL')
    const postgres = await shop.start()
    await migrate(postgres.connectionString())
    storage = await openPostgresStorage({ connectionString: postgres.connectionString() })
    const lists = await Promise.all([newList(storage), newList(storage), newList(storage)])
    const accepted = new Set<string>()
    const acknowledged = new Map<string, number>()
    const appends: Promise<void>[] = []
    const append = (): void => {
      const update = updateOf(random.pick(lists))
      accepted.add(update.opId)
      const appending = storage.log.append(update).then(({ seq }) => {
        acknowledged.set(update.opId, seq)
      })
      appends.push(appending)
    }

    for (let round = 1; round <= 6; round++) {
      const before = { pid: postgres.pid, acknowledged: acknowledged.size }
      // Some of this round's updates are committed, some are in flight, some wait.
      let writing = true
      const writer = (async () => {
        while (writing) {
          for (let n = random.int(10); n >= 0; n--) append()
          await new Promise((resolve) => setImmediate(resolve))
        }
      })()
      await until(() => acknowledged.size > before.acknowledged + random.int(200))
      process.kill(before.pid, 'SIGKILL')
      await until(() => storage.log.health().state === 'failing', { what: 'the crash to be noticed' })
      writing = false
      await writer
      const knownBefore = [...acknowledged.keys()]
      await until(() => storage.log.health().queued === 0, { timeoutMs: 30_000, what: 'the queue to drain' })
      const stored = new Map<string, number>()
      for (const list of lists) {
        const { updates, damage } = await storage.log.readSince(list, 0, 1_000_000)
        expect(damage).toEqual([])
        for (const row of updates) stored.set(row.opId, row.seq)
      }
      expect(knownBefore.filter((id) => !stored.has(id))).toEqual([])
    }

    await Promise.all(appends)
    const rows = await Promise.all(lists.map((list) => storage.log.readSince(list, 0, 1_000_000)))
    const stored = rows.flatMap(({ updates }) => updates)
    expect(stored).toHaveLength(accepted.size)
    expect(stored.every((row) => acknowledged.get(row.opId) === row.seq)).toBe(true)
  })
})
