import { randomUUID } from 'node:crypto'
import { type ListId, openPostgresStorage, type Storage, type UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHousekeeping } from '../../../server/src/housekeeping.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { manualClock } from '../../unit/server/manual-clock.ts'

const ana = 'u_ana' as UserId
let database: FreshDatabase
let storage: Storage
beforeEach(async () => {
  database = await freshDatabase()
  storage = await openPostgresStorage({ connectionString: database.url })
  await storage.directory.ensureUser({ id: ana, name: 'Ana' })
})
afterEach(async () => {
  await storage.close(2_000)
  await database.drop()
})

async function listDeletedDaysAgo(days: number): Promise<ListId> {
  const id = randomUUID() as ListId
  await storage.directory.createList({ id, ownerId: ana, title: 'Old plans' })
  await storage.log.append({
    listId: id,
    actorId: ana,
    opId: randomUUID(),
    ops: [],
    data: new Uint8Array([1]),
  })
  await storage.snapshots.write(id, 1, new Uint8Array([1]))
  await storage.directory.deleteList(id, ana)
  const text = `UPDATE lists SET deleted_at = now() - $2 * interval '1 day' WHERE id = $1`
  await withClient(database.url, (client) => client.query(text, [id, days]))
  return id
}

/** In how many tables something of the list still stands, besides the audit log. */
async function tracesOf(listId: ListId): Promise<string[]> {
  const tables = ['lists', 'list_updates', 'list_snapshots', 'share_grants', 'audit_log']
  return withClient(database.url, async (client) => {
    const found: string[] = []
    for (const table of tables) {
      const column = table === 'lists' ? 'id' : 'list_id'
      const { rows } = await client.query(`SELECT 1 FROM ${table} WHERE ${column} = $1 LIMIT 1`, [listId])
      if (rows.length > 0) found.push(table)
    }
    return found
  })
}

describe('housekeeping', () => {
  it('[GUARD-1][B-23][Z-18] what was deleted 31 days ago is gone with its log, and its audit entries stay', async () => {
    const [kept, gone] = [await listDeletedDaysAgo(29), await listDeletedDaysAgo(31)]
    const said: string[] = []
    const say = (_fields: object, event: string) => void said.push(event)
    const time = manualClock()
    // Two nodes of one database at the same moment.
    const nodes = [1, 2].map(() =>
      startHousekeeping({
        storage,
        clock: { ...time, now: () => Date.now() },
        logger: { info: say, warn: say } as never,
        tokenDays: 365,
      }),
    )
    await time.pass(60_000)
    await until(() => said.length === 2, { what: 'both nodes to be done' })
    expect(said).toEqual(['housekeeping.done', 'housekeeping.done'])
    expect(await tracesOf(gone)).toEqual(['audit_log'])
    expect(await tracesOf(kept)).toEqual([
      'lists',
      'list_updates',
      'list_snapshots',
      'share_grants',
      'audit_log',
    ])
    expect(await storage.directory.restoreList(kept, ana)).toBe(true)
    await Promise.all(nodes.map((stop) => stop(1_000)))
  })
})
