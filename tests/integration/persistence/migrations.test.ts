import { migrate } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'

describe('migrations', () => {
  let database: FreshDatabase
  beforeEach(async () => {
    database = await freshDatabase()
    await withClient(database.url, (client) =>
      client.query(
        'DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS accounts CASCADE; CREATE SCHEMA public',
      ),
    )
  })
  afterEach(() => database.drop())

  const tables = (): Promise<string[]> =>
    withClient(database.url, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
      )
      return rows.map((row) => row.name)
    })
  const applied = (): Promise<number> =>
    withClient(database.url, async (client) => {
      const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM migrations')
      return rows[0]?.count ?? 0
    })

  const expected = [
    'answers',
    'api_tokens',
    'audit_log',
    'ended_sessions',
    'invitations',
    'list_snapshots',
    'list_updates',
    'lists',
    'migrations',
    'quarantine',
    'share_grants',
    'share_links',
    'users',
  ]

  it('[PG-5] an empty database gets everything, and a second run changes nothing', async () => {
    await migrate(database.url)
    expect(await tables()).toEqual(expected)
    const count = await applied()
    await migrate(database.url)
    expect([await tables(), await applied()]).toEqual([expected, count])
  })

  it('[PG-5] eight servers that start at once migrate once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => migrate(database.url)))
    expect(await tables()).toEqual(expected)
    expect(await applied()).toBeGreaterThan(0)
  })

  it('[PG-5] an older database keeps its rows', async () => {
    await migrate(database.url, { atMost: 1 })
    await withClient(database.url, (client) =>
      client.query(`INSERT INTO users (id, name) VALUES ('u_ann', 'Ann')`),
    )
    await migrate(database.url)
    const name = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ name: string }>('SELECT name FROM users')
      return rows[0]?.name
    })
    expect(name).toBe('Ann')
  })

  it('[PG-5] a migration that fails leaves the database as it was, and says so', async () => {
    await withClient(database.url, (client) => client.query('CREATE TABLE quarantine (somebody_elses text)'))
    await expect(migrate(database.url)).rejects.toMatchObject({ code: 'migration-failed' })
    expect((await tables()).filter((name) => name !== 'migrations')).toEqual(['quarantine'])
  })

  it('[OPS-4] no connection is an error that says where to look', async () => {
    const url = new URL(database.url)
    url.port = '1'
    await expect(migrate(url.href)).rejects.toMatchObject({ code: 'storage-unreachable' })
  })
})
