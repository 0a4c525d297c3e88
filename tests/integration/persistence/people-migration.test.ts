import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type ListId, migrate, openPostgresStorage, type UserId } from '@tandem/persistence'
import { runner } from 'node-pg-migrate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'

const dir = fileURLToPath(new URL('../../../persistence/src/migrations', import.meta.url))

describe('from members to grants', () => {
  let database: FreshDatabase
  beforeEach(async () => {
    database = await freshDatabase()
    await sql('DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS accounts CASCADE; CREATE SCHEMA public')
    await migrate(database.url, { atMost: 1 })
  })
  afterEach(() => database.drop())

  const sql = (text: string, values?: unknown[]): Promise<Record<string, unknown>[]> =>
    withClient(database.url, async (client) => (await client.query(text, values)).rows ?? [])
  const back = (): Promise<unknown> =>
    withClient(database.url, (dbClient) =>
      runner({
        dbClient,
        dir,
        direction: 'down',
        count: 1,
        migrationsTable: 'migrations',
        log: () => undefined,
      }),
    )
  const members = 'SELECT * FROM list_members ORDER BY list_id, user_id'

  async function twoLists(): Promise<{ mine: ListId; theirs: ListId }> {
    const [mine, theirs] = [randomUUID() as ListId, randomUUID() as ListId]
    await sql(`INSERT INTO users (id, name) VALUES ('ann', 'Ann'), ('bob', 'Bob')`)
    await sql(`INSERT INTO lists (id, owner_id, title) VALUES ($1, 'ann', 'Mine'), ($2, 'gone', 'Theirs')`, [
      mine,
      theirs,
    ])
    await sql(
      `INSERT INTO list_members (list_id, user_id, role, granted_by, granted_at) VALUES
         ($1, 'ann', 'owner', 'ann', '2026-01-01'), ($1, 'bob', 'editor', 'ann', '2026-01-02'),
         ($2, 'gone', 'owner', 'gone', '2026-01-03'), ($2, 'ann', 'viewer', 'gone', '2026-01-04')`,
      [mine, theirs],
    )
    return { mine, theirs }
  }

  it('[PG-5][GRANT-2] everybody keeps their role, who gave it and since when, also those never seen as users', async () => {
    const { mine, theirs } = await twoLists()
    await migrate(database.url)
    const storage = await openPostgresStorage({ connectionString: database.url, maxConnections: 2 })
    try {
      const rows = await storage.grants.members(mine)
      expect(rows).toMatchObject([
        { userId: 'ann', name: 'Ann', role: 'owner', grantedBy: 'ann', anonymousId: null, linkId: null },
        { userId: 'bob', name: 'Bob', role: 'editor', grantedBy: 'ann' },
      ])
      expect(rows[1]?.grantedAt.getTime()).toBeGreaterThan(rows[0]?.grantedAt.getTime() ?? Number.NaN)
      expect(await storage.grants.members(theirs)).toMatchObject([
        { userId: 'gone', name: 'gone', role: 'owner' },
        { userId: 'ann', role: 'viewer', grantedBy: 'gone' },
      ])
      expect(await storage.directory.find(theirs, 'ann' as UserId)).toMatchObject({
        role: 'viewer',
        editorsMayShare: false,
      })
    } finally {
      await storage.close(2_000)
    }
  })

  it('[PG-5] going back gives the members again, without those who were removed meanwhile', async () => {
    const { mine } = await twoLists()
    const before = await sql(members)
    await migrate(database.url, { atMost: 1 })
    await back()
    expect(await sql(members)).toEqual(before)
    await migrate(database.url, { atMost: 1 })
    await sql(
      `UPDATE share_grants SET revoked_at = now(), end_reason = 'removed' WHERE list_id = $1 AND grantee_id = 'bob'`,
      [mine],
    )
    await back()
    const bobs = before.filter((row) => row['list_id'] === mine && row['user_id'] === 'bob')
    expect(await sql(members)).toEqual(before.filter((row) => !bobs.includes(row)))
    // And forward once more, on what the way back left.
    await migrate(database.url)
  })
})
